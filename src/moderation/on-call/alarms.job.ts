import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Config } from '../../kernel/config.js';
import { Sql } from '../../kernel/sql.js';
import { Translator } from '../../i18n/translator.js';
import { Messages } from '../../i18n/messages.js';
import { Mailer } from '../../mail/mailer.js';
import { Handles, type Job } from '../../queue/job.js';
import { Alarms } from './alarms.service.js';
import { alarmRecipient, alertPayload } from './alarms.queries.js';
import { sendAlert } from './alert-webhook.js';

/**
 * Runs every minute over all open cases, and immediately for a case that opened or became urgent.
 */
@Injectable()
@Handles('raise-alarms', 'urgent')
export class RaiseAlarmsJob implements Job {
  constructor(private readonly alarms: Alarms) {}

  async run(ids: { caseId?: string }): Promise<void> {
    await this.alarms.raise(ids.caseId ?? null);
  }
}

/** Headers that make mail programs mark a message as important. */
const HIGH = { Importance: 'high', 'X-Priority': '1' };

// A type alias and not an interface, because job data must be plain records of ids.
type Raised = { alarmId: string };

/**
 * Sends the number of cases and nothing else; sends no email if all were claimed in the meantime.
 */
@Injectable()
@Handles('mail-alarm', 'urgent')
export class MailAlarmJob implements Job<Raised> {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly mailer: Mailer,
    private readonly messages: Messages,
    private readonly config: Config,
  ) {}

  async run({ alarmId }: Raised): Promise<void> {
    const row = await this.sql.first(alarmRecipient, { alarmId, now: this.clock.now() });
    if (row?.email == null || row.count === 0) return;
    const locale = this.messages.forMails(row.locale);
    const i18n = new Translator(this.messages, locale, this.clock.now());
    const view = {
      text: i18n.t('mail.alarm.text', { count: row.count }),
      link: `${this.config.baseUrl}/notifications`,
    };
    await this.mailer.deliver({
      key: `alarm:${alarmId}`,
      kind: 'alert',
      memberId: row.memberId,
      to: row.email,
      locale,
      // Stands out in a mailbox without saying anything about the case.
      ...(row.crisis
        ? {
            template: 'alarm-now',
            headers: HIGH,
            view: { ...view, preview: i18n.t('mail.alarm-now.preview') },
          }
        : { template: 'alarm', view }),
    });
  }
}

/**
 * Posts the number of waiting cases and their tier to the operator's webhook. Errors propagate, so
 * that the queue retries.
 */
@Injectable()
@Handles('call-out', 'urgent')
export class SendAlertJob implements Job<Raised> {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  async run({ alarmId }: Raised): Promise<void> {
    const { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: secret } = this.config;
    if (url === undefined || secret === undefined) return;
    const call = await this.sql.first(alertPayload, { alarmId, now: this.clock.now() });
    if (call === null || call.count === 0) return;
    await sendAlert(url, secret, {
      id: alarmId,
      at: this.clock.now().toISOString(),
      tier: call.tier,
      count: call.count,
    });
  }
}
