import { Module } from '@nestjs/common';
import { CommunitiesModule } from '../communities/communities.module.js';
import { ReviewModule } from '../review/review.module.js';
import { ReferralCardController } from './referral-card.controller.js';
import { ComputeFitJob } from './compute-fit.job.js';
import { CommunityHealth } from './community-health.service.js';
import { FinderController } from './finder.controller.js';
import { ResourcesModule } from '../resources/resources.module.js';
import { SearchModule } from '../search/search.module.js';
import { WrittenAbout } from './written-about.service.js';
import { NearestGroups } from './nearest-groups.service.js';
import { FittingStrategies } from './fitting-strategies.service.js';
import { Finder } from './finder.service.js';
import { ReferralCards } from './referral-cards.service.js';
import { TagPageController } from './tag-page.controller.js';
import { TagPages } from './tag-page.service.js';
import { Fit } from './fit.service.js';
import { CommunityHealthController } from './community-health.controller.js';

@Module({ providers: [ComputeFitJob, Fit] })
export class CommunityDiscoveryModule {}

@Module({
  imports: [
    CommunityDiscoveryModule,
    CommunitiesModule,
    ResourcesModule,
    ReviewModule,
    SearchModule,
  ],
  providers: [
    CommunityHealth,
    Finder,
    FittingStrategies,
    NearestGroups,
    ReferralCards,
    TagPages,
    WrittenAbout,
  ],
  controllers: [
    TagPageController,
    ReferralCardController,
    FinderController,
    CommunityHealthController,
  ],
})
export class CommunityDiscoveryWebModule {}
