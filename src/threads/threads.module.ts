import { Module } from '@nestjs/common';
import { CommunitiesModule } from '../communities/communities.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { CommunityPageController } from './community-page.controller.js';
import { ComposeController } from './compose.controller.js';
import { Posting } from './posting.service.js';
import { ReopenThreadsJob } from './reopen-threads.job.js';
import { ThreadCare } from './thread-care.service.js';
import { ThreadCooling } from './thread-cooling.service.js';
import { ThreadDoor } from './thread-access.js';
import { ThreadFollowController } from './thread-follow.controller.js';
import { ThreadLockController } from './thread-lock.controller.js';
import { ThreadPage } from './thread-page.js';
import { ThreadSaveController } from './thread-save.controller.js';
import { TeamThreads } from './team-threads.service.js';
import { ThreadController } from './thread.controller.js';

@Module({
  imports: [CommunitiesModule, PostsModule],
  providers: [
    Posting,
    ReopenThreadsJob,
    ThreadCare,
    ThreadCooling,
    ThreadDoor,
    ThreadPage,
    TeamThreads,
  ],
  exports: [Posting, ThreadCare, ThreadCooling, ThreadDoor, ThreadPage, TeamThreads],
})
export class ThreadsModule {}

@Module({
  imports: [ThreadsModule, CommunitiesModule, PostsModule],
  controllers: [
    CommunityPageController,
    ComposeController,
    ThreadController,
    ThreadFollowController,
    ThreadLockController,
    ThreadSaveController,
  ],
})
export class ThreadsWebModule {}
