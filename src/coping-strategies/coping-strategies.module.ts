import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CopingStrategy } from './core/coping-strategy.entity.js';
import { PostsModule } from '../posts/posts.module.js';
import { ReviewModule } from '../review/review.module.js';
import { AdminPacksController } from './packs/admin-packs.controller.js';
import { AdminStrategiesController } from './packs/admin-strategies.controller.js';
import { AnswersController } from './library/answers.controller.js';
import { Answers } from './library/answers.service.js';
import { SuggestWhileWritingController } from './tagging/suggest-while-writing.controller.js';
import { LibraryCache } from './library/library-cache.js';
import { LibraryPages } from './library/library-pages.js';
import { LibraryController } from './library/library.controller.js';
import { MakeStrategyController } from './authoring/make-strategy.controller.js';
import { OwnStrategiesController } from './authoring/own-strategies.controller.js';
import { OwnStrategies } from './authoring/own-strategies.service.js';
import { PickController } from './library/pick.controller.js';
import { PostStrategiesController } from './tagging/post-strategies.controller.js';
import { ReviewController } from './authoring/review.controller.js';
import { Reviewing } from './authoring/reviewing.service.js';
import { StrategyCare } from './packs/strategy-care.service.js';
import { StrategyAccess } from './core/strategy-access.js';
import { PostStrategiesReader } from './tagging/post-strategies.service.js';
import { StrategyLibrary } from './library/strategy-library.service.js';
import { StrategyPacks } from './packs/strategy-packs.service.js';
import { StrategyController } from './library/strategy.controller.js';
import { Tagging } from './tagging/tagging.service.js';

const services = [
  Answers,
  LibraryCache,
  LibraryPages,
  OwnStrategies,
  PostStrategiesReader,
  Reviewing,
  StrategyAccess,
  StrategyCare,
  StrategyLibrary,
  StrategyPacks,
  Tagging,
];

@Module({
  imports: [TypeOrmModule.forFeature([CopingStrategy]), PostsModule, ReviewModule],
  providers: services,
  exports: services,
})
export class CopingStrategiesModule {}

// Fixed routes must come before the route with a slug parameter.
@Module({
  imports: [CopingStrategiesModule, PostsModule],
  controllers: [
    LibraryController,
    PickController,
    SuggestWhileWritingController,
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
