import { Module } from '@nestjs/common';
import { AnswerRequestsController } from './answer-requests.controller.js';
import { GroupRequestsController } from './group-requests.controller.js';
import { GroupRequests } from './group-requests.service.js';

@Module({ providers: [GroupRequests], exports: [GroupRequests] })
export class GroupRequestsModule {}

@Module({
  imports: [GroupRequestsModule],
  controllers: [AnswerRequestsController, GroupRequestsController],
})
export class GroupRequestsWebModule {}
