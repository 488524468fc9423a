import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SiteSetting } from './site-setting.entity.js';
import { HelplinesModule } from '../helplines/helplines.module.js';
import { HelplinesController } from './helplines.controller.js';
import { HelplineEditing } from './helplines.service.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { CommunitiesModule } from '../communities/communities.module.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { PostingModule } from '../posting/posting.module.js';
import { ReviewModule } from '../review/review.module.js';
import { AdministrationOverview } from './overview.service.js';
import { CommunityAdministration } from './community-administration.service.js';
import { JobsAdministration } from './jobs.service.js';
import { MailLog } from './mail-log.service.js';
import { CommunityCareController } from './community-care.controller.js';
import { CommunitiesAdminController } from './communities-admin.controller.js';
import { JobsController } from './jobs.controller.js';
import { MailLogController } from './mail-log.controller.js';
import { MailPreviewsController } from './mail-previews.controller.js';
import { MemberAccountsController } from './member-accounts.controller.js';
import { MemberAccounts } from './member-accounts.service.js';
import { MembersAdminController } from './members-admin.controller.js';
import { SiteController } from './site.controller.js';
import { SiteAdministration } from './site.service.js';
import { CommunityArchiveController } from './community-archive.controller.js';
import { CommunityPeopleController } from './community-people.controller.js';
import { CommunityVisibilityController } from './community-visibility.controller.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([SiteSetting]),
    AccountsModule,
    CommunitiesModule,
    HelplinesModule,
    OutboxModule,
    PostingModule,
    ReviewModule,
  ],
  providers: [
    CommunityAdministration,
    AdministrationOverview,
    HelplineEditing,
    JobsAdministration,
    MailLog,
    MemberAccounts,
    SiteAdministration,
  ],
  exports: [
    AdministrationOverview,
    CommunityAdministration,
    HelplineEditing,
    HelplinesModule,
    JobsAdministration,
    MailLog,
    MemberAccounts,
    SiteAdministration,
  ],
})
export class AdministrationModule {}

@Module({
  imports: [AdministrationModule, CommunitiesModule],
  controllers: [
    CommunityCareController,
    CommunitiesAdminController,
    HelplinesController,
    JobsController,
    MailLogController,
    MailPreviewsController,
    MembersAdminController,
    MemberAccountsController,
    SiteController,
    CommunityArchiveController,
    CommunityPeopleController,
    CommunityVisibilityController,
  ],
})
export class AdministrationWebModule {}
