import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../../queue/job.js';
import { MailSettings } from './mail-settings.service.js';

/**
 * A new member's first plan: what they said about mail when they joined counts from the first day.
 */
@Injectable()
@Handles('plan-mails', 'default')
export class PlanMailsJob implements Job<{ memberId: string }> {
  constructor(private readonly settings: MailSettings) {}

  run(ids: { memberId: string }): Promise<void> {
    return this.settings.replan(ids.memberId);
  }
}
