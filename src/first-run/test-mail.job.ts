import { Injectable } from '@nestjs/common';
import { Config } from '../kernel/config.js';
import { Sql } from '../kernel/sql.js';
import { Mailer } from '../mail/mailer.js';
import { Handles, type Job } from '../queue/job.js';
import { testMailAddressee } from './first-run.queries.js';

// A type alias and not an interface, because job data must be plain records of ids.
type Asked = { memberId: string; asked: number };

/** Sends the test email that an administrator requested. */
@Injectable()
@Handles('test-mail', 'urgent')
export class TestMailJob implements Job<Asked> {
  constructor(
    private readonly sql: Sql,
    private readonly mailer: Mailer,
    private readonly config: Config,
  ) {}

  async run({ memberId, asked }: Asked): Promise<void> {
    const member = await this.sql.first(testMailAddressee, { memberId });
    if (member === null) return;
    await this.mailer.deliver({
      key: `test-mail:${memberId}:${asked}`,
      kind: 'account',
      memberId,
      to: member.email,
      locale: member.locale,
      template: 'test-mail',
      view: { home: this.config.baseUrl },
    });
  }
}
