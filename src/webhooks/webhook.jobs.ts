import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../queue/job.js';
import { Webhooks } from './webhooks.service.js';

@Injectable()
@Handles('queue-report-webhooks')
export class QueueReportWebhooksJob implements Job<{ reportId: string }> {
  constructor(private readonly webhooks: Webhooks) {}

  run({ reportId }: { reportId: string }): Promise<void> {
    return this.webhooks.queue('report.received', reportId);
  }
}

@Injectable()
@Handles('queue-decision-webhooks')
export class QueueDecisionWebhooksJob implements Job<{ decisionId: string }> {
  constructor(private readonly webhooks: Webhooks) {}

  run({ decisionId }: { decisionId: string }): Promise<void> {
    return this.webhooks.queue('decision.made', decisionId);
  }
}

@Injectable()
@Handles('queue-alarm-webhooks', 'urgent')
export class QueueAlarmWebhooksJob implements Job<{ alarmId: string }> {
  constructor(private readonly webhooks: Webhooks) {}

  run({ alarmId }: { alarmId: string }): Promise<void> {
    return this.webhooks.queue('alarm.raised', alarmId);
  }
}

/** Not one of the urgent jobs, which a slow endpoint would delay. */
@Injectable()
@Handles('send-webhook')
export class SendWebhookJob implements Job<{ deliveryId: string }> {
  constructor(private readonly webhooks: Webhooks) {}

  run({ deliveryId }: { deliveryId: string }): Promise<void> {
    return this.webhooks.send(deliveryId);
  }
}
