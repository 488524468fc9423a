import { Module } from '@nestjs/common';
import { PostsModule } from '../posts/posts.module.js';
import { SafetyModule } from '../safety/safety.module.js';
import { AdminPacksController } from './admin-packs.controller.js';
import { AdminStrategiesController } from './admin-strategies.controller.js';
import { AnswersController } from './answers.controller.js';
import { Answers } from './answers.service.js';
import { ForWordsController } from './for-words.controller.js';
import { LibraryController } from './library.controller.js';
import { MakeStrategyController } from './make-strategy.controller.js';
import { OwnStrategiesController } from './own-strategies.controller.js';
import { OwnStrategies } from './own-strategies.service.js';
import { PickController } from './pick.controller.js';
import { PostStrategiesController } from './post-strategies.controller.js';
import { ReviewController } from './review.controller.js';
import { Reviewing } from './reviewing.service.js';
import { StrategyCare } from './strategy-care.service.js';
import { StrategyDoor } from './strategy-door.js';
import { StrategyPacks } from './strategy-packs.service.js';
import { StrategyController } from './strategy.controller.js';
import { Tagging } from './tagging.service.js';

const services = [
  Answers,
  OwnStrategies,
  Reviewing,
  StrategyCare,
  StrategyDoor,
  StrategyPacks,
  Tagging,
];

@Module({ imports: [PostsModule, SafetyModule], providers: services, exports: services })
export class CopingStrategiesModule {}

// Fixed addresses before the one that takes any name.
@Module({
  imports: [CopingStrategiesModule, PostsModule],
  controllers: [
    LibraryController,
    PickController,
    ForWordsController,
    AnswersController,
    OwnStrategiesController,
    PostStrategiesController,
    MakeStrategyController,
    ReviewController,
    AdminPacksController,
    AdminStrategiesController,
    StrategyController,
  ],
})
export class CopingStrategiesWebModule {}
