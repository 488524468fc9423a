import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CommunitiesModule } from '../communities/communities.module.js';
import { ThreadsModule } from '../threads/threads.module.js';
import { CareController } from './care.controller.js';
import { CommunitiesAdminController } from './communities-admin.controller.js';
import { JobsController } from './jobs.controller.js';
import { MailLogController } from './mail-log.controller.js';
import { MembersAdminController } from './members-admin.controller.js';
import { SiteController } from './site.controller.js';
import { SiteAdministration } from './site.service.js';
import { StandingController } from './standing.controller.js';

@Module({
  imports: [AccountsModule, CommunitiesModule],
  providers: [SiteAdministration],
  exports: [SiteAdministration],
})
export class AdministrationModule {}

@Module({
  imports: [AdministrationModule, CommunitiesModule, ThreadsModule],
  controllers: [
    CareController,
    CommunitiesAdminController,
    JobsController,
    MailLogController,
    MembersAdminController,
    SiteController,
    StandingController,
  ],
})
export class AdministrationWebModule {}
