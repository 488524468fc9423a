import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { HelplinesModule } from '../helplines/helplines.module.js';
import { HelpNowController } from './help-now.controller.js';
import { PagesController } from './pages.controller.js';
import { SiteLayout } from './site-layout.js';

@Module({
  imports: [AccountsModule, HelplinesModule],
  providers: [SiteLayout],
  controllers: [HelpNowController, PagesController],
})
export class SiteWebModule {}
