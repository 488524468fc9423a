import { Injectable } from '@nestjs/common';
import { Handles, type Job } from '../../queue/job.js';
import { NoticeMails } from './notice-mails.service.js';

@Injectable()
@Handles('mail-notice', 'default')
export class MailNoticeJob implements Job<{ noticeId: string }> {
  constructor(private readonly mails: NoticeMails) {}

  run(ids: { noticeId: string }): Promise<void> {
    return this.mails.mail(ids.noticeId);
  }
}

/** Sends emails that waited for the end of quiet hours, a burst or a pause. Runs every minute. */
@Injectable()
@Handles('mail-waiting-notices', 'default')
export class MailWaitingNoticesJob implements Job {
  constructor(private readonly mails: NoticeMails) {}

  async run(): Promise<void> {
    await this.mails.mailWaiting();
  }
}
