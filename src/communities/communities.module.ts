import { Module } from '@nestjs/common';
import { Acknowledgements } from './acknowledgements.js';
import { CommunityDoor } from './community-door.js';

@Module({ providers: [Acknowledgements, CommunityDoor], exports: [Acknowledgements, CommunityDoor] })
export class CommunitiesModule {}
