import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { SafetyModule } from '../safety/safety.module.js';
import { BridgeController } from './bridge.controller.js';
import { CheckIns } from './check-ins.service.js';
import { CollectionController } from './collection.controller.js';
import { Collections } from './collections.service.js';
import { ItemController } from './item.controller.js';
import { KitController } from './kit.controller.js';
import { LookBacks } from './look-back.service.js';
import { PlanController } from './plan.controller.js';
import { PrintController } from './print.controller.js';
import { PrivateArea } from './private-area.js';
import { PrivateLock } from './private-lock.service.js';
import { ProgressController } from './progress.controller.js';
import { Reminders } from './reminders.service.js';
import { SavingController } from './saving.controller.js';
import { ToolkitSettingsController } from './settings.controller.js';
import { SharedController } from './shared.controller.js';
import { SharesController } from './shares.controller.js';
import { Shares } from './shares.service.js';
import { SheetsController } from './sheets.controller.js';
import { Sheets } from './sheets.service.js';
import { TakeOutController } from './take-out.controller.js';
import { TakingOut } from './take-out.service.js';
import { ToolkitItems } from './toolkit-items.service.js';
import { RemindOfToolkitJob, WriteLookBacksJob } from './toolkit-rounds.job.js';
import { ToolkitSettingsService } from './toolkit-settings.service.js';
import { UnlockController } from './unlock.controller.js';
import { UseController } from './use.controller.js';

const services = [
  CheckIns,
  Collections,
  LookBacks,
  PrivateLock,
  Reminders,
  Shares,
  Sheets,
  TakingOut,
  ToolkitItems,
  ToolkitSettingsService,
];

@Module({
  imports: [AccountsModule, SafetyModule],
  providers: [...services, RemindOfToolkitJob, WriteLookBacksJob],
  exports: services,
})
export class ToolkitModule {}

@Module({
  imports: [ToolkitModule, AccountsModule, SafetyModule],
  providers: [PrivateArea],
  controllers: [
    BridgeController,
    CollectionController,
    KitController,
    PlanController,
    PrintController,
    ProgressController,
    SavingController,
    SharedController,
    SharesController,
    SheetsController,
    TakeOutController,
    ToolkitSettingsController,
    UnlockController,
    UseController,
    ItemController,
  ],
})
export class ToolkitWebModule {}
