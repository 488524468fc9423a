import { Module } from '@nestjs/common';
import { ReviewModule } from '../review/review.module.js';
import { WebhookEndpoints } from './webhook-endpoints.service.js';
import { WebhookKeys } from './webhook-keys.js';
import {
  QueueAlarmWebhooksJob,
  QueueDecisionWebhooksJob,
  QueueReportWebhooksJob,
  SendWebhookJob,
} from './webhook.jobs.js';
import { WebhooksController } from './webhooks.controller.js';
import { Webhooks } from './webhooks.service.js';

@Module({
  imports: [ReviewModule],
  providers: [
    QueueAlarmWebhooksJob,
    QueueDecisionWebhooksJob,
    QueueReportWebhooksJob,
    SendWebhookJob,
    WebhookEndpoints,
    WebhookKeys,
    Webhooks,
  ],
  exports: [WebhookEndpoints],
})
export class WebhooksModule {}

@Module({ imports: [WebhooksModule], controllers: [WebhooksController] })
export class WebhooksWebModule {}
