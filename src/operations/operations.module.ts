import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';
import { LocaleCheck } from './locale-check.service.js';
import { MetricsController } from './metrics.controller.js';
import { OperationsMetrics } from './operations-metrics.service.js';
import { ReadinessCheck } from './readiness.service.js';

@Module({
  providers: [LocaleCheck, OperationsMetrics, ReadinessCheck],
  controllers: [HealthController, MetricsController],
})
export class OperationsWebModule {}
