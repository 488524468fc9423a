import { Module } from '@nestjs/common';
import { CombinedFeed } from './combined-feed.service.js';
import { CombinedFeedController } from './feed.controller.js';

@Module({ providers: [CombinedFeed], controllers: [CombinedFeedController] })
export class FeedWebModule {}
