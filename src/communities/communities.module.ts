import { Module } from '@nestjs/common';
import { Acknowledgements } from './acknowledgements.js';
import { CommunitiesController } from './communities.controller.js';
import { CommunityDoor } from './community-door.js';
import { Membership } from './membership.service.js';

@Module({ providers: [Acknowledgements, CommunityDoor, Membership], exports: [Acknowledgements, CommunityDoor, Membership] })
export class CommunitiesModule {}

@Module({ imports: [CommunitiesModule], controllers: [CommunitiesController] })
export class CommunitiesWebModule {}
