import { Module } from '@nestjs/common';
import { ResourcesAdminController } from './resources-admin.controller.js';
import { ResourcesController } from './resources.controller.js';
import { Resources } from './resources.service.js';

@Module({ providers: [Resources], exports: [Resources] })
export class ResourcesModule {}

@Module({
  imports: [ResourcesModule],
  controllers: [ResourcesAdminController, ResourcesController],
})
export class ResourcesWebModule {}
