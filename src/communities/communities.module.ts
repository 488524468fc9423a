import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Community } from './community.entity.js';
import { CommunityGuidelines } from './community-guidelines.entity.js';
import { MembershipRow } from './membership.entity.js';
import { MemberAnswer } from './member-answer.entity.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ReviewModule } from '../review/review.module.js';
import { Acknowledgements } from './acknowledgements.js';
import { Answers } from './answers.service.js';
import { ArrivalsJoin } from './arrivals-join.js';
import { CommunitiesController } from './communities.controller.js';
import { CommunityEditing } from './community-editing.service.js';
import { CommunityOverviews } from './community-overviews.js';
import { CommunityState } from './community-state.service.js';
import { CommunityAccess } from './community-access.service.js';
import { CommunityDirectory } from './community-directory.service.js';
import { GuidelinesController } from './guidelines.controller.js';
import { Membership } from './membership.service.js';
import { Visits } from './visits.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Community, CommunityGuidelines, MembershipRow, MemberAnswer]),
    ReviewModule,
  ],
  providers: [
    Acknowledgements,
    Answers,
    CommunityAccess,
    CommunityDirectory,
    CommunityEditing,
    CommunityOverviews,
    CommunityState,
    Membership,
    Visits,
  ],
  exports: [
    Acknowledgements,
    Answers,
    CommunityAccess,
    CommunityDirectory,
    CommunityEditing,
    CommunityOverviews,
    CommunityState,
    Membership,
    Visits,
  ],
})
export class CommunitiesModule {}

@Module({
  imports: [CommunitiesModule, AccountsModule],
  providers: [ArrivalsJoin],
  controllers: [CommunitiesController, GuidelinesController],
})
export class CommunitiesWebModule {}
