import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ToolkitItem } from './items/toolkit-item.entity.js';
import { ToolkitCollection } from './items/toolkit-collection.entity.js';
import { AccountsModule } from '../accounts/accounts.module.js';
import { ReviewModule } from '../review/review.module.js';
import { StoriesController } from './appointments/stories.controller.js';
import { CheckIns } from './check-ins/check-ins.service.js';
import { Exercises } from './check-ins/exercises.service.js';
import { CollectionController } from './items/collection.controller.js';
import { Collections } from './items/collections.service.js';
import { ItemController } from './items/item.controller.js';
import { ItemEditing } from './items/item-editing.service.js';
import { ToolkitReader } from './items/toolkit-reader.service.js';
import { ToolkitHome } from './pages/toolkit-home.service.js';
import { ToolkitHomeController } from './pages/toolkit-home.controller.js';
import { LookBacks } from './look-back/look-back.service.js';
import { PlanController } from './plan/plan.controller.js';
import { KeptController } from './export/kept.controller.js';
import { PrintController } from './export/print.controller.js';
import { PrivateArea } from './core/private-area.js';
import { PrivateLock } from './core/private-lock.service.js';
import { ProgressController } from './pages/progress.controller.js';
import { Reminders } from './pages/reminders.service.js';
import { SavingController } from './items/saving.controller.js';
import { ToolkitSettingsController } from './pages/settings.controller.js';
import { SharedController } from './export/shared.controller.js';
import { SharesController } from './export/shares.controller.js';
import { Shares } from './export/shares.service.js';
import { SheetsController } from './appointments/sheets.controller.js';
import { Sheets } from './appointments/sheets.service.js';
import { Stories } from './appointments/stories.service.js';
import { ToolkitExportController } from './export/toolkit-export.controller.js';
import { ToolkitExport } from './export/toolkit-export.service.js';
import { ToolkitItems } from './items/toolkit-items.service.js';
import { RemindOfToolkitJob, WriteLookBacksJob } from './pages/toolkit-rounds.job.js';
import { ToolkitSettingsService } from './core/toolkit-settings.service.js';
import { UnlockController } from './pages/unlock.controller.js';
import { UseController } from './check-ins/use.controller.js';

const services = [
  CheckIns,
  Collections,
  Exercises,
  ItemEditing,
  LookBacks,
  PrivateLock,
  Reminders,
  Shares,
  Sheets,
  Stories,
  ToolkitExport,
  ToolkitHome,
  ToolkitItems,
  ToolkitReader,
  ToolkitSettingsService,
];

@Module({
  imports: [
    TypeOrmModule.forFeature([ToolkitItem, ToolkitCollection]),
    AccountsModule,
    ReviewModule,
  ],
  providers: [...services, RemindOfToolkitJob, WriteLookBacksJob],
  exports: services,
})
export class ToolkitModule {}

@Module({
  imports: [ToolkitModule, AccountsModule, ReviewModule],
  providers: [PrivateArea],
  controllers: [
    StoriesController,
    CollectionController,
    ToolkitHomeController,
    KeptController,
    PlanController,
    PrintController,
    ProgressController,
    SavingController,
    SharedController,
    SharesController,
    SheetsController,
    ToolkitExportController,
    ToolkitSettingsController,
    UnlockController,
    UseController,
    ItemController,
  ],
})
export class ToolkitWebModule {}
