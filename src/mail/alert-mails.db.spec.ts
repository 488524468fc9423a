import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { eventually } from '../../test/support/eventually.js';
import { copiesOf, RecordingTransport, testEmail, testMailer } from '../../test/support/mailer.js';
import { SECOND } from '../kernel/clock.js';
import { Mailer, MailInFlight, type Email } from './mailer.js';

describe('an email that alerts a moderator on duty', () => {
  let db: TestDatabase;
  let transport: RecordingTransport;
  let mailer: Mailer;
  let email: Email;

  beforeAll(async () => {
    db = await testDatabase();
    db.clock.freeze();
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    transport = new RecordingTransport();
    mailer = testMailer(db, transport);
    email = await testEmail(db);
  });

  /** End of the lease, in milliseconds since the epoch. */
  async function leaseOf(key: string): Promise<number> {
    const [row] = (await db.make.rows(
      'select lease_until as until from mail_deliveries where key = $1',
      [key],
    )) as [{ until: Date }];
    return row.until.getTime();
  }

  it('is sent again within half a minute after its worker was killed, and its job knows when', async () => {
    const alarm = { ...email, kind: 'alert' as const };
    const dead = testMailer(db, transport);
    await new Promise<void>((reached) => {
      Object.assign(dead, { renewLease: () => () => undefined });
      transport.meanwhile = () => {
        reached();
        return new Promise(() => undefined);
      };
      void dead.deliver(alarm);
    });
    transport.meanwhile = () => Promise.resolve();
    const error = (await mailer.deliver(alarm).catch((thrown: unknown) => thrown)) as MailInFlight;
    expect(error).toBeInstanceOf(MailInFlight);
    expect(error.after).toBeLessThanOrEqual(31 * SECOND);
    db.clock.move(error.after);
    await mailer.deliver(alarm);
    expect(transport.sent.length).toBe(1);
  });

  it('stays with a living worker, however slow its mail server', async () => {
    // Intervals of ten seconds and less are controlled by the spec; everything else runs in real
    // time.
    const held: (() => void)[] = [];
    const real = globalThis.setInterval;
    const intervals = jest.spyOn(globalThis, 'setInterval').mockImplementation(((
      callback: () => void,
      ms: number,
    ) => {
      if (ms <= 10 * SECOND) held.push(callback);
      return real(callback, 3_600 * SECOND).unref();
    }) as typeof setInterval);
    try {
      const alarm = { ...email, kind: 'alert' as const };
      const others: unknown[] = [];
      transport.meanwhile = async () => {
        for (let n = 0; n < 4; n += 1) {
          db.clock.move(20 * SECOND);
          const before = await leaseOf(alarm.key);
          for (const callback of held) callback();
          await eventually(async () => (await leaseOf(alarm.key)) > before, 'the lease renewed');
          others.push(
            await testMailer(db, transport)
              .deliver(alarm)
              .catch((thrown: unknown) => thrown),
          );
        }
      };
      await mailer.deliver(alarm);
      expect(others).toEqual(Array.from({ length: 4 }, () => expect.any(MailInFlight)));
      expect(transport.sent.length).toBe(1);
    } finally {
      intervals.mockRestore();
    }
  });

  it('is exempt from the rate limit of its domain', async () => {
    const slow = testMailer(db, transport, { MAIL_PER_DOMAIN: '1' });
    const emails = copiesOf(email, ['a', 'b'], 'busy.example');
    expect([...(await slow.deliverAll(emails)).values()]).toEqual(['sent', 'waiting']);
    await slow.deliver({
      ...email,
      key: `${email.key}-alarm`,
      kind: 'alert',
      to: 'c@busy.example',
    });
    expect(transport.sent.map(({ to }) => to)).toEqual(['a@busy.example', 'c@busy.example']);
  });
});
