import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GroupRequest } from './group-request.entity.js';
import { ReviewModule } from '../review/review.module.js';
import { AnswerRequestsController } from './answer-requests.controller.js';
import { GroupRequestsController } from './group-requests.controller.js';
import { GroupRequests } from './group-requests.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([GroupRequest]), ReviewModule],
  providers: [GroupRequests],
  exports: [GroupRequests],
})
export class GroupRequestsModule {}

@Module({
  imports: [GroupRequestsModule],
  controllers: [AnswerRequestsController, GroupRequestsController],
})
export class GroupRequestsWebModule {}
