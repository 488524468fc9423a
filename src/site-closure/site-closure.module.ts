import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ReviewModule } from '../review/review.module.js';
import { SiteClosureRow } from './site-closure.entity.js';
import { MailSiteClosureJob, RemindOfSiteClosureJob } from './site-closure.jobs.js';
import { SiteClosures } from './site-closures.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([SiteClosureRow]), AccountsModule, ReviewModule],
  providers: [MailSiteClosureJob, RemindOfSiteClosureJob, SiteClosures],
  exports: [SiteClosures],
})
export class SiteClosureModule {}
