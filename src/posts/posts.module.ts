import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AliasBlockController } from './alias-block.controller.js';
import { Aliases } from './aliases.js';
import { DraftsController } from './drafts.controller.js';
import { Drafts } from './drafts.service.js';
import { PostDoor } from './post-access.js';
import { PostEditController } from './post-edit.controller.js';
import { PostEditing } from './post-editing.service.js';
import { PostHistory } from './post-history.js';
import { Post } from './post.entity.js';
import { ReactionsController } from './reactions.controller.js';
import { Reactions } from './reactions.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Post])],
  providers: [Aliases, Drafts, PostDoor, PostEditing, PostHistory, Reactions],
  exports: [Aliases, Drafts, PostDoor, PostEditing, PostHistory, Reactions],
})
export class PostsModule {}

@Module({ imports: [PostsModule], controllers: [AliasBlockController, DraftsController, PostEditController, ReactionsController] })
export class PostsWebModule {}
