import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { FeedController } from './feed.controller.js';
import { HealthController } from './health.controller.js';
import { HelpNowController } from './help-now.controller.js';
import { MetricsController } from './metrics.controller.js';
import { PagesController } from './pages.controller.js';
import { SitemapController } from './sitemap.controller.js';
import { SiteLayout } from './site-layout.js';

@Module({
  imports: [AccountsModule],
  providers: [SiteLayout],
  controllers: [
    FeedController,
    HealthController,
    HelpNowController,
    MetricsController,
    PagesController,
    SitemapController,
  ],
})
export class PagesWebModule {}
