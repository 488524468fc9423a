import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { HealthController } from './health.controller.js';
import { HelpNowController } from './help-now.controller.js';
import { MetricsController } from './metrics.controller.js';
import { PagesController } from './pages.controller.js';
import { SiteLayout } from './site-layout.js';

@Module({ imports: [AccountsModule], providers: [SiteLayout], controllers: [HealthController, HelpNowController, MetricsController, PagesController] })
export class PagesWebModule {}
