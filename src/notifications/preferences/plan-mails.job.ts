import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../../queue/job.js';
import { MailSettings } from './mail-settings.service.js';

/** Schedules the digests of a new member, based on their answer about email when joining. */
@Injectable()
@Handles('plan-mails', 'default')
export class PlanMailsJob implements Job<{ memberId: string }> {
  constructor(private readonly settings: MailSettings) {}

  run(ids: { memberId: string }): Promise<void> {
    return this.settings.replan(ids.memberId);
  }
}
