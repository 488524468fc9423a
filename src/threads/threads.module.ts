import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Thread } from './thread.entity.js';
import { CommunitiesModule } from '../communities/communities.module.js';
import { PollsModule } from '../polls/polls.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { CommunityPageController } from './community-page.controller.js';
import { CommunityPage } from './community-page.service.js';
import { ThreadFollows } from './thread-follows.service.js';
import { ThreadSaves } from './thread-saves.service.js';
import { PollVoteController } from './poll-vote.controller.js';
import { RecentThreadLists } from './recent-threads.js';
import { ReopenThreadsJob } from './reopen-threads.job.js';
import { ThreadCare } from './thread-care.service.js';
import { ThreadItems } from './thread-items.js';
import { ThreadLocks } from './thread-lock.service.js';
import { ThreadAccess } from './thread-access.js';
import { ThreadFollowController } from './thread-follow.controller.js';
import { ThreadLockController } from './thread-lock.controller.js';
import { ThreadPage } from './thread-page.js';
import { ThreadSaveController } from './thread-save.controller.js';
import { ThreadController } from './thread.controller.js';

@Module({
  imports: [TypeOrmModule.forFeature([Thread]), CommunitiesModule, PollsModule, PostsModule],
  providers: [
    CommunityPage,
    RecentThreadLists,
    ReopenThreadsJob,
    ThreadAccess,
    ThreadCare,
    ThreadFollows,
    ThreadItems,
    ThreadLocks,
    ThreadPage,
    ThreadSaves,
  ],
  exports: [
    CommunityPage,
    RecentThreadLists,
    ThreadAccess,
    ThreadCare,
    ThreadFollows,
    ThreadItems,
    ThreadLocks,
    ThreadPage,
    ThreadSaves,
  ],
})
export class ThreadsModule {}

@Module({
  imports: [ThreadsModule, CommunitiesModule, PollsModule, PostsModule],
  controllers: [
    CommunityPageController,
    PollVoteController,
    ThreadController,
    ThreadFollowController,
    ThreadLockController,
    ThreadSaveController,
  ],
})
export class ThreadsWebModule {}
