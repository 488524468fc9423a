import { Module, type DynamicModule } from '@nestjs/common';
import { AccountsWebModule } from './accounts/accounts.module.js';
import { FirstRunWebModule } from './first-run/first-run.module.js';
import { AdministrationWebModule } from './administration/administration.module.js';
import { PeerSupportWebModule } from './peer-support/peer-support.module.js';
import { CommunitiesWebModule } from './communities/communities.module.js';
import { CopingStrategiesWebModule } from './coping-strategies/coping-strategies.module.js';
import { CommunityDiscoveryWebModule } from './discovery/discovery.module.js';
import { DigestsWebModule } from './digests/digests.module.js';
import { HomeWebModule } from './home/home.module.js';
import { SiteWebModule } from './site/site.module.js';
import type { Config } from './kernel/config.js';
import type { Logger } from './kernel/logger.js';
import { ModerationWebModule } from './moderation/moderation.module.js';
import { NotificationsWebModule } from './notifications/notifications.module.js';
import { PostsWebModule } from './posts/posts.module.js';
import { RepliesWebModule } from './replies/replies.module.js';
import { ToolkitWebModule } from './toolkit/toolkit.module.js';
import { ApiWebModule } from './api/api.module.js';
import { AccountDataWebModule } from './account-data/account-data.module.js';
import { ReplyByMailWebModule } from './reply-by-mail/reply-by-mail.module.js';
import { ReportingWebModule } from './reporting/reporting.module.js';
import { ResourcesWebModule } from './resources/resources.module.js';
import { SearchWebModule } from './search/search.module.js';
import { ThreadsWebModule } from './threads/threads.module.js';
import { FeedWebModule } from './feed/feed.module.js';
import { GroupRequestsWebModule } from './group-requests/group-requests.module.js';
import { OperationsWebModule } from './operations/operations.module.js';
import { PostingWebModule } from './posting/posting.module.js';
import { ThreadChangesWebModule } from './thread-changes/thread-changes.module.js';
import { FoldersWebModule } from './folders/folders.module.js';
import { PromptsWebModule } from './prompts/prompts.module.js';
import { SyndicationWebModule } from './syndication/syndication.module.js';
import { WebhooksWebModule } from './webhooks/webhooks.module.js';
import { VisitsWebModule } from './visits/visits.module.js';
import { WorkerModule } from './worker.module.js';

/** The features' controllers, each with its own services. */
export const webFeatures: NonNullable<DynamicModule['imports']> = [
  AccountsWebModule,
  CommunitiesWebModule,
  PostsWebModule,
  PostingWebModule,
  ThreadsWebModule,
  CopingStrategiesWebModule,
  RepliesWebModule,
  ModerationWebModule,
  ToolkitWebModule,
  ReportingWebModule,
  PeerSupportWebModule,
  PromptsWebModule,
  FoldersWebModule,
  ThreadChangesWebModule,
  VisitsWebModule,
  WebhooksWebModule,
  GroupRequestsWebModule,
  CommunityDiscoveryWebModule,
  AdministrationWebModule,
  FirstRunWebModule,
  ResourcesWebModule,
  SearchWebModule,
  NotificationsWebModule,
  DigestsWebModule,
  AccountDataWebModule,
  ReplyByMailWebModule,
  HomeWebModule,
  FeedWebModule,
  SyndicationWebModule,
  ApiWebModule,
  OperationsWebModule,
  SiteWebModule,
];

@Module({})
export class WebModule {
  static with(config: Config, logger: Logger): DynamicModule {
    return { module: WebModule, imports: [WorkerModule.with(config, logger), ...webFeatures] };
  }
}
