import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { ToolkitModule } from '../toolkit/toolkit.module.js';
import { CloseAccountsJob } from './close-accounts.job.js';
import { AccountErasure } from './account-erasure.js';
import { AccountClosure } from './account-closure.service.js';
import { AccountDataController } from './account-data.controller.js';
import { DataExport } from './data-export.service.js';

@Module({
  imports: [AccountsModule, PostsModule, ToolkitModule],
  providers: [AccountClosure, AccountErasure, CloseAccountsJob, DataExport],
  exports: [AccountClosure, DataExport],
})
export class AccountDataModule {}

@Module({ imports: [AccountDataModule, AccountsModule], controllers: [AccountDataController] })
export class AccountDataWebModule {}
