import { Module } from '@nestjs/common';
import { AnswersController } from './answers.controller.js';
import { Answers } from './answers.service.js';
import { LibraryController } from './library.controller.js';
import { PickController } from './pick.controller.js';
import { StrategyDoor } from './strategy-door.js';
import { StrategyPacks } from './strategy-packs.service.js';
import { StrategyController } from './strategy.controller.js';

@Module({ providers: [Answers, StrategyDoor, StrategyPacks], exports: [Answers, StrategyDoor, StrategyPacks] })
export class CopingStrategiesModule {}

// Fixed addresses before the one that takes any name.
@Module({ imports: [CopingStrategiesModule], controllers: [LibraryController, PickController, AnswersController, StrategyController] })
export class CopingStrategiesWebModule {}
