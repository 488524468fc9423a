import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module.js';
import { SafetyModule } from '../safety/safety.module.js';
import { CheckIns } from './check-ins.service.js';
import { CollectionController } from './collection.controller.js';
import { Collections } from './collections.service.js';
import { ItemController } from './item.controller.js';
import { KitController } from './kit.controller.js';
import { PrivateArea } from './private-area.js';
import { PrivateLock } from './private-lock.service.js';
import { SavingController } from './saving.controller.js';
import { ToolkitItems } from './toolkit-items.service.js';
import { ToolkitSettingsService } from './toolkit-settings.service.js';
import { UnlockController } from './unlock.controller.js';
import { UseController } from './use.controller.js';

const providers = [CheckIns, Collections, PrivateLock, ToolkitItems, ToolkitSettingsService];

@Module({ imports: [AccountsModule, SafetyModule], providers, exports: providers })
export class ToolkitModule {}

@Module({
  imports: [ToolkitModule, AccountsModule, SafetyModule],
  providers: [PrivateArea],
  controllers: [CollectionController, KitController, SavingController, UnlockController, UseController, ItemController],
})
export class ToolkitWebModule {}
