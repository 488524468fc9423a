import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CommunitiesModule } from '../communities/communities.module.js';
import { CopingStrategiesModule } from '../coping-strategies/coping-strategies.module.js';
import { HelplinesModule } from '../helplines/helplines.module.js';
import { NotificationsModule } from '../notifications/notifications.module.js';
import { PostingModule } from '../posting/posting.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { RepliesModule } from '../replies/replies.module.js';
import { ReportingModule } from '../reporting/reporting.module.js';
import { ReviewModule } from '../review/review.module.js';
import { SearchModule } from '../search/search.module.js';
import { ThreadsModule } from '../threads/threads.module.js';
import { ToolkitModule } from '../toolkit/toolkit.module.js';
import { ApiDocsController } from './api-docs.controller.js';
import { ApiGuard } from './api.guard.js';
import { GROUPS } from './controllers.js';
import { Help } from './help.js';
import { ApiDocument } from './openapi-file.js';
import { PostReader } from './post-reader.js';
import { PostResponses } from './writing.js';

/** The JSON API. It has no staff operations: those stay on the pages, behind a second factor. */
@Module({
  imports: [
    AccountsModule,
    CommunitiesModule,
    CopingStrategiesModule,
    HelplinesModule,
    NotificationsModule,
    PostingModule,
    PostsModule,
    RepliesModule,
    ReportingModule,
    ReviewModule,
    SearchModule,
    ThreadsModule,
    ToolkitModule,
  ],
  providers: [ApiDocument, ApiGuard, Help, PostReader, PostResponses],
  controllers: [ApiDocsController, ...GROUPS.map(([, controller]) => controller)],
})
export class ApiWebModule {}
