import { Module } from '@nestjs/common';
import { CombinedFeedController } from './feed.controller.js';

@Module({ controllers: [CombinedFeedController] })
export class FeedWebModule {}
