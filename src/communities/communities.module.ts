import { Module } from '@nestjs/common';
import { Acknowledgements } from './acknowledgements.js';
import { Answers } from './answers.service.js';
import { CommunitiesController } from './communities.controller.js';
import { CommunityDeeds } from './community-deeds.js';
import { CommunityEditing } from './community-editing.service.js';
import { CommunityStanding } from './community-standing.service.js';
import { CommunityDoor } from './community-door.js';
import { Membership } from './membership.service.js';
import { Visits } from './visits.service.js';

@Module({
  providers: [
    Acknowledgements,
    Answers,
    CommunityDeeds,
    CommunityDoor,
    CommunityEditing,
    CommunityStanding,
    Membership,
    Visits,
  ],
  exports: [
    Acknowledgements,
    Answers,
    CommunityDeeds,
    CommunityDoor,
    CommunityEditing,
    CommunityStanding,
    Membership,
    Visits,
  ],
})
export class CommunitiesModule {}

@Module({ imports: [CommunitiesModule], controllers: [CommunitiesController] })
export class CommunitiesWebModule {}
