import { Module } from '@nestjs/common';
import { Acknowledgements } from './acknowledgements.js';
import { Answers } from './answers.service.js';
import { CommunitiesController } from './communities.controller.js';
import { CommunityLog } from './community-log.js';
import { CommunityEditing } from './community-editing.service.js';
import { CommunityState } from './community-state.service.js';
import { CommunityAccess } from './community-access.service.js';
import { Membership } from './membership.service.js';
import { Visits } from './visits.service.js';

@Module({
  providers: [
    Acknowledgements,
    Answers,
    CommunityLog,
    CommunityAccess,
    CommunityEditing,
    CommunityState,
    Membership,
    Visits,
  ],
  exports: [
    Acknowledgements,
    Answers,
    CommunityLog,
    CommunityAccess,
    CommunityEditing,
    CommunityState,
    Membership,
    Visits,
  ],
})
export class CommunitiesModule {}

@Module({ imports: [CommunitiesModule], controllers: [CommunitiesController] })
export class CommunitiesWebModule {}
