import { Module } from '@nestjs/common';
import { AtomFeedController } from './atom-feed.controller.js';
import { AtomFeed } from './atom-feed.service.js';
import { SitemapController } from './sitemap.controller.js';
import { Sitemap } from './sitemap.service.js';

@Module({
  providers: [AtomFeed, Sitemap],
  controllers: [AtomFeedController, SitemapController],
})
export class SyndicationWebModule {}
