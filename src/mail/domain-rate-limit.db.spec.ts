import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { copiesOf, RecordingTransport, testEmail, testMailer } from '../../test/support/mailer.js';
import { MINUTE } from '../kernel/clock.js';
import { MailWaits, type Email, type Mailer } from './mailer.js';

describe('the rate limit of a domain', () => {
  let db: TestDatabase;
  let transport: RecordingTransport;
  let email: Email;

  beforeAll(async () => {
    db = await testDatabase();
    db.clock.freeze();
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    transport = new RecordingTransport();
    email = await testEmail(db);
  });

  /** @returns minutes until the job runs again; -1 if it need not */
  async function minutesToWait(by: Mailer, which: Email | undefined): Promise<number> {
    const error: unknown = await by.deliver(which ?? email).catch((thrown: unknown) => thrown);
    return error instanceof MailWaits ? Math.round(error.after / MINUTE) : -1;
  }

  it('defers what exceeds it by the minute, without counting an attempt', async () => {
    const slow = testMailer(db, transport, { MAIL_PER_DOMAIN: '2' });
    const emails = copiesOf(email, ['a', 'b', 'c', 'd', 'e'], 'slow.example');
    const other = { ...email, key: `${email.key}-other`, to: 'x@other.example' };
    expect([...(await slow.deliverAll([...emails, other])).values()]).toEqual([
      'sent',
      'sent',
      'waiting',
      'waiting',
      'waiting',
      'sent',
    ]);
    expect([
      await minutesToWait(slow, emails[2]),
      await minutesToWait(slow, emails[3]),
      await minutesToWait(slow, emails[4]),
    ]).toEqual([1, 1, 2]);
    db.clock.move(MINUTE);
    expect([...(await slow.deliverAll(emails)).values()].sort()).toEqual([
      'sent',
      'sent',
      'sent',
      'sent',
      'waiting',
    ]);
    db.clock.move(MINUTE);
    expect(
      [...(await slow.deliverAll(emails)).values()].filter((status) => status === 'sent').length,
    ).toBe(5);
    expect(transport.sent.length).toBe(6);
    expect(
      await db.make.rows(`select distinct attempts from mail_deliveries where key like $1`, [
        `${email.key}-%`,
      ]),
    ).toEqual([{ attempts: 1 }]);
  });
});
