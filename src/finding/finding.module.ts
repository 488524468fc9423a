import { Module } from '@nestjs/common';
import { CommunitiesModule } from '../communities/communities.module.js';
import { AnswerRequestsController } from './answer-requests.controller.js';
import { CardController } from './card.controller.js';
import { FinderController } from './finder.controller.js';
import { GroupRequestsController } from './group-requests.controller.js';
import { GroupRequests } from './group-requests.service.js';

@Module({ providers: [GroupRequests], exports: [GroupRequests] })
export class FindingModule {}

@Module({ imports: [FindingModule, CommunitiesModule], controllers: [AnswerRequestsController, CardController, FinderController, GroupRequestsController] })
export class FindingWebModule {}
