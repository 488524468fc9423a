import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ThreadTitles } from './thread-titles.service.js';
import { ThreadAlias } from './thread-alias.entity.js';
import { Draft } from './draft.entity.js';
import { AliasBlockController } from './alias-block.controller.js';
import { AliasBlocks } from './alias-blocks.service.js';
import { AuthorCardController } from './author-card.controller.js';
import { AuthorCards } from './author-cards.service.js';
import { Aliases } from './aliases.js';
import { ClearPostVersionsJob } from './clear-post-versions.job.js';
import { DraftsController } from './drafts.controller.js';
import { ReviewModule } from '../review/review.module.js';
import { Drafts } from './drafts.service.js';
import { SubmissionCheck } from './submission-check.service.js';
import { ClosedAccountPosts } from './account-closure-posts.service.js';
import { PostVersions } from './post-versions.service.js';
import { PostAccess } from './post-access.js';
import { PostEditController } from './post-edit.controller.js';
import { PostEditing } from './post-editing.service.js';
import { PostFragmentMetrics } from './post-fragment-metrics.js';
import { PostFragments } from './post-fragments.js';
import { PostHistory } from './post-history.service.js';
import { PostStateChange } from './post-state.service.js';
import { PollsModule } from '../polls/polls.module.js';
import { Post } from './post.entity.js';
import { PostMention } from './post-mention.entity.js';
import { PostMentions } from './post-mentions.js';
import { PostQuotes } from './post-quotes.js';
import { PrivateLinks } from './private-links.service.js';
import { Publishing } from './publishing.service.js';
import { StrategyTags } from './strategy-tags.js';
import { ReactionsController } from './reactions.controller.js';
import { Reactions } from './reactions.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Post, PostMention, ThreadAlias, Draft]),
    PollsModule,
    ReviewModule,
  ],
  providers: [
    AliasBlocks,
    Aliases,
    AuthorCards,
    ClearPostVersionsJob,
    Drafts,
    SubmissionCheck,
    ClosedAccountPosts,
    PostVersions,
    PostAccess,
    PostEditing,
    PostFragments,
    PostHistory,
    PostMentions,
    PostQuotes,
    ThreadTitles,
    PostStateChange,
    PrivateLinks,
    Publishing,
    Reactions,
    StrategyTags,
  ],
  exports: [
    AliasBlocks,
    Aliases,
    AuthorCards,
    Drafts,
    SubmissionCheck,
    ClosedAccountPosts,
    PostVersions,
    PostAccess,
    PostEditing,
    PostFragments,
    PostHistory,
    PostMentions,
    PostQuotes,
    ThreadTitles,
    PostStateChange,
    PrivateLinks,
    Publishing,
    Reactions,
    StrategyTags,
  ],
})
export class PostsModule {}

@Module({
  imports: [PostsModule],
  providers: [PostFragmentMetrics],
  controllers: [
    AliasBlockController,
    AuthorCardController,
    DraftsController,
    PostEditController,
    ReactionsController,
  ],
})
export class PostsWebModule {}
