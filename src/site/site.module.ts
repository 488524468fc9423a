import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { HelplinesModule } from '../helplines/helplines.module.js';
import { ToolkitModule } from '../toolkit/toolkit.module.js';
import { HelpNowController } from './help-now.controller.js';
import { KeepController } from './keep.controller.js';
import { ManifestController } from './manifest.controller.js';
import { PagesController } from './pages.controller.js';
import { SiteLayout } from './site-layout.js';

@Module({
  imports: [AccountsModule, HelplinesModule, ToolkitModule],
  providers: [SiteLayout],
  controllers: [HelpNowController, KeepController, ManifestController, PagesController],
})
export class SiteWebModule {}
