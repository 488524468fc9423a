import { Module } from '@nestjs/common';
import { LibraryController } from './library.controller.js';
import { StrategyPacks } from './strategy-packs.service.js';

@Module({ providers: [StrategyPacks], exports: [StrategyPacks] })
export class CopingStrategiesModule {}

@Module({ imports: [CopingStrategiesModule], controllers: [LibraryController] })
export class CopingStrategiesWebModule {}
