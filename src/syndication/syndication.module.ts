import { Module } from '@nestjs/common';
import { AtomFeedController } from './atom-feed.controller.js';
import { AtomFeed } from './atom-feed.service.js';
import { PrivateFeedController, PrivateFeedsController } from './private-feeds.controller.js';
import { PrivateFeeds } from './private-feeds.service.js';
import { SitemapController } from './sitemap.controller.js';
import { Sitemap } from './sitemap.service.js';

@Module({
  providers: [AtomFeed, PrivateFeeds, Sitemap],
  controllers: [
    AtomFeedController,
    PrivateFeedController,
    PrivateFeedsController,
    SitemapController,
  ],
})
export class SyndicationWebModule {}
