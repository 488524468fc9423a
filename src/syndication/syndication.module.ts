import { Module } from '@nestjs/common';
import { AtomFeedController } from './atom-feed.controller.js';
import { SitemapController } from './sitemap.controller.js';

@Module({ controllers: [AtomFeedController, SitemapController] })
export class SyndicationWebModule {}
