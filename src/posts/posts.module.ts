import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AliasBlockController } from './alias-block.controller.js';
import { AuthorCardController } from './author-card.controller.js';
import { AuthorCards } from './author-cards.service.js';
import { Aliases } from './aliases.js';
import { ClearOldWordingsJob } from './clear-old-wordings.job.js';
import { DraftsController } from './drafts.controller.js';
import { SafetyModule } from '../safety/safety.module.js';
import { Drafts } from './drafts.service.js';
import { Intake } from './intake.service.js';
import { LeavingPosts } from './leaving-words.service.js';
import { OldWordings } from './old-wordings.service.js';
import { PostDoor } from './post-access.js';
import { PostEditController } from './post-edit.controller.js';
import { PostEditing } from './post-editing.service.js';
import { PostHistory } from './post-history.js';
import { PostStanding } from './post-standing.service.js';
import { Post } from './post.entity.js';
import { PrivateLinks } from './private-links.service.js';
import { Publishing } from './publishing.service.js';
import { ReactionsController } from './reactions.controller.js';
import { Reactions } from './reactions.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Post]), SafetyModule],
  providers: [
    Aliases,
    AuthorCards,
    ClearOldWordingsJob,
    Drafts,
    Intake,
    LeavingPosts,
    OldWordings,
    PostDoor,
    PostEditing,
    PostHistory,
    PostStanding,
    PrivateLinks,
    Publishing,
    Reactions,
  ],
  exports: [
    Aliases,
    AuthorCards,
    Drafts,
    Intake,
    LeavingPosts,
    OldWordings,
    PostDoor,
    PostEditing,
    PostHistory,
    PostStanding,
    PrivateLinks,
    Publishing,
    Reactions,
  ],
})
export class PostsModule {}

@Module({
  imports: [PostsModule],
  controllers: [
    AliasBlockController,
    AuthorCardController,
    DraftsController,
    PostEditController,
    ReactionsController,
  ],
})
export class PostsWebModule {}
