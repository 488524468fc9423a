import { Module } from '@nestjs/common';
import { PostsModule } from '../posts/posts.module.js';
import { ReviewModule } from '../review/review.module.js';
import { IllegalContentController } from './illegal-content.controller.js';
import { IllegalContentReports } from './illegal-content.service.js';
import { Places } from './places.js';
import { ReportingController } from './reporting.controller.js';
import { Reporting } from './reporting.service.js';

@Module({
  imports: [PostsModule, ReviewModule],
  providers: [IllegalContentReports, Places, Reporting],
  exports: [IllegalContentReports, Reporting],
})
export class ReportingModule {}

@Module({
  imports: [ReportingModule],
  controllers: [IllegalContentController, ReportingController],
})
export class ReportingWebModule {}
