import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { ToolkitModule } from '../toolkit/toolkit.module.js';
import { CloseAccountsJob } from './close-accounts.job.js';
import { Closing } from './closing.service.js';
import { OwnDataController } from './own-data.controller.js';
import { OwnData } from './own-data.service.js';

@Module({
  imports: [AccountsModule, PostsModule, ToolkitModule],
  providers: [Closing, CloseAccountsJob, OwnData],
  exports: [Closing, OwnData],
})
export class OwnDataModule {}

@Module({ imports: [OwnDataModule, AccountsModule], controllers: [OwnDataController] })
export class OwnDataWebModule {}
