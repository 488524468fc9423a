import { Module, type DynamicModule } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module.js';
import { AdministrationModule } from './administration/administration.module.js';
import { PeerSupportModule } from './peer-support/peer-support.module.js';
import { CommunitiesModule } from './communities/communities.module.js';
import { CopingStrategiesModule } from './coping-strategies/coping-strategies.module.js';
import { FirstRunModule } from './first-run/first-run.module.js';
import { CommunityDiscoveryModule } from './discovery/discovery.module.js';
import type { Config } from './kernel/config.js';
import { PlatformModule } from './platform.module.js';
import type { Logger } from './kernel/logger.js';
import { MailModule } from './mail/mail.module.js';
import { OutboxModule } from './outbox/outbox.module.js';
import { QueueModule } from './queue/queue.module.js';
import { DigestsModule } from './digests/digests.module.js';
import { HttpModule } from './http/http.module.js';
import { ModerationModule } from './moderation/moderation.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { PostsModule } from './posts/posts.module.js';
import { RepliesModule } from './replies/replies.module.js';
import { ReplyByMailModule } from './reply-by-mail/reply-by-mail.module.js';
import { ReportingModule } from './reporting/reporting.module.js';
import { ReviewModule } from './review/review.module.js';
import { ToolkitModule } from './toolkit/toolkit.module.js';
import { AccountDataModule } from './account-data/account-data.module.js';
import { ResourcesModule } from './resources/resources.module.js';
import { SearchModule } from './search/search.module.js';
import { ThreadsModule } from './threads/threads.module.js';
import { schedule } from './worker/schedule.js';
import { GroupRequestsModule } from './group-requests/group-requests.module.js';
import { PostingModule } from './posting/posting.module.js';
import { PromptsModule } from './prompts/prompts.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';
import { SiteClosureModule } from './site-closure/site-closure.module.js';
import { VisitsModule } from './visits/visits.module.js';
import { WorkerRunner } from './worker/worker.runner.js';

/** The features with their services, queries and jobs, but without controllers. */
export const features: NonNullable<DynamicModule['imports']> = [
  AccountsModule,
  ReviewModule,
  CommunitiesModule,
  PostsModule,
  ThreadsModule,
  CopingStrategiesModule,
  PostingModule,
  RepliesModule,
  ModerationModule,
  ToolkitModule,
  ReportingModule,
  PeerSupportModule,
  PromptsModule,
  VisitsModule,
  WebhooksModule,
  GroupRequestsModule,
  CommunityDiscoveryModule,
  AdministrationModule,
  FirstRunModule,
  ResourcesModule,
  SearchModule,
  NotificationsModule,
  DigestsModule,
  ReplyByMailModule,
  AccountDataModule,
  SiteClosureModule,
];

@Module({})
export class WorkerModule {
  static with(config: Config, logger: Logger): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        PlatformModule.with(config, logger),
        HttpModule,
        QueueModule.with(schedule),
        OutboxModule,
        MailModule,
        ...features,
      ],
      providers: [WorkerRunner],
      exports: [WorkerRunner],
    };
  }
}
