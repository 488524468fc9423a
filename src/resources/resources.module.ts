import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LinkChecks } from './link-checks.service.js';
import { Resource } from './resource.entity.js';
import { ResourceReport } from './resource-report.entity.js';
import { ResourcesAdminController } from './resources-admin.controller.js';
import { ResourcesController } from './resources.controller.js';
import { Resources } from './resources.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Resource, ResourceReport])],
  providers: [Resources, LinkChecks],
  exports: [Resources],
})
export class ResourcesModule {}

@Module({
  imports: [ResourcesModule],
  controllers: [ResourcesAdminController, ResourcesController],
})
export class ResourcesWebModule {}
