import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { copiesOf, RecordingTransport, testEmail, testMailer } from '../../test/support/mailer.js';
import { MINUTE } from '../kernel/clock.js';
import { Mailer, MailInFlight, MailWaits, type Email } from './mailer.js';

describe('an email', () => {
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

  async function state(): Promise<unknown> {
    const [row] = (await db.make.rows(
      'select state, code, attempts from mail_deliveries where key = $1',
      [email.key],
    )) as Record<string, unknown>[];
    return row;
  }

  /** @returns minutes until the job runs again; -1 if it need not */
  async function minutesToWait(by: Mailer, which: Email): Promise<number> {
    const error: unknown = await by.deliver(which).catch((thrown: unknown) => thrown);
    return error instanceof MailWaits ? Math.round(error.after / MINUTE) : -1;
  }

  it('is sent once, however often its job runs', async () => {
    for (let n = 0; n < 3; n += 1) await mailer.deliver(email);
    expect(transport.sent.length).toBe(1);
    expect(await state()).toEqual({ state: 'sent', code: 250, attempts: 1 });
  });

  it('is sent once by two concurrent workers; the other one retries later', async () => {
    const other: unknown[] = [];
    transport.meanwhile = () =>
      mailer.deliver(email).catch((error: unknown) => void other.push(error));
    await mailer.deliver(email);
    expect(other).toEqual([expect.any(MailInFlight)]);
    expect(transport.sent.length).toBe(1);
  });

  it('of a killed worker is sent again when its lease expires, not before', async () => {
    await new Promise<void>((reached) => {
      transport.meanwhile = () => {
        reached();
        return new Promise(() => undefined);
      };
      void mailer.deliver(email);
    });
    const second = new RecordingTransport();
    Object.assign(mailer, { transport: second });
    await expect(mailer.deliver(email)).rejects.toThrow(MailInFlight);
    db.clock.move(6 * MINUTE);
    await mailer.deliver(email);
    expect(second.sent.length).toBe(1);
  });

  it('waits while the server is unreachable or defers it', async () => {
    transport.fault = { code: 'ECONNREFUSED' };
    await expect(mailer.deliver(email)).rejects.toThrow();
    expect(await state()).toMatchObject({ state: 'waiting' });
    transport.fault = { responseCode: 451 };
    await expect(mailer.deliver(email)).rejects.toThrow(MailWaits);
    transport.fault = null;
    // Too early: no attempt is made.
    expect(await minutesToWait(mailer, email)).toBe(15);
    expect(transport.sent.length).toBe(0);
    db.clock.move(15 * MINUTE);
    await mailer.deliver(email);
    expect(await state()).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('that the server rejects is not attempted again', async () => {
    transport.fault = { responseCode: 550 };
    await mailer.deliver(email);
    expect(await state()).toMatchObject({ state: 'refused', code: 550 });
    transport.fault = null;
    await mailer.deliver(email);
    expect(transport.sent.length).toBe(0);
  });

  it('keeps its Message-ID when it is sent again', async () => {
    await mailer.deliver(email);
    await db.make.rows(`update mail_deliveries set state = 'waiting' where key = $1`, [email.key]);
    await mailer.deliver(email);
    await mailer.deliver({ ...email, key: `${email.key}-other` });
    const ids = transport.sent.map(({ messageId }) => messageId);
    expect(ids[0]).toMatch(/^<[\w-]{24}@boat\.example>$/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('without an unsubscribe token is not sent, unless its kind is mandatory', async () => {
    await expect(mailer.deliver({ ...email, kind: 'notice' })).rejects.toThrow(
      /without an unsubscribe token/,
    );
    expect(transport.sent.length).toBe(0);
  });

  it('leaves neither its address nor its text in the database', async () => {
    await mailer.deliver(email);
    const rows = JSON.stringify(await db.make.rows('select * from mail_deliveries'));
    expect(rows).toContain(email.key);
    expect(rows).not.toContain('example.org');
    for (const word of (transport.sent[0]?.text ?? '')
      .split(/\s+/)
      .filter((each) => each.length > 8))
      expect(rows).not.toContain(word);
  });

  it('is sent in a batch, each once, and one that is rejected or deferred does not stop the others', async () => {
    const emails = copiesOf(email, ['a', 'b', 'c', 'd']);
    let met = 0;
    transport.meanwhile = () => {
      met += 1;
      transport.fault =
        met === 2 ? { responseCode: 550 } : met === 3 ? { responseCode: 450 } : null;
      return Promise.resolve();
    };
    expect([...(await mailer.deliverAll(emails)).values()]).toEqual([
      'sent',
      'refused',
      'waiting',
      'sent',
    ]);
    db.clock.move(16 * MINUTE);
    expect([...(await mailer.deliverAll(emails)).values()].sort()).toEqual([
      'refused',
      'sent',
      'sent',
      'sent',
    ]);
    expect(transport.sent.map(({ to }) => to)).toEqual([
      'a@example.org',
      'd@example.org',
      'c@example.org',
    ]);
  });

  it('is not sent before it is recorded that the one before was', async () => {
    const states: unknown[] = [];
    transport.meanwhile = async () => {
      states.push(
        await db.make.rows('select key from mail_deliveries where state = $1 order by key', [
          'sent',
        ]),
      );
    };
    await db.make.rows('delete from mail_deliveries');
    const [first, second] = copiesOf(email, ['a', 'b']) as [Email, Email];
    await mailer.deliverAll([first, second]);
    expect(states).toEqual([[], [{ key: first.key }]]);
  });

  it('is not sent if it cannot be recorded that the one before was', async () => {
    const fault = new Error('no database');
    const original = db.sql.rows.bind(db.sql);
    const rows = jest
      .spyOn(db.sql, 'rows')
      .mockImplementation((what, ...parameters) =>
        what.name === 'mail.settle'
          ? Promise.reject(fault)
          : (original(what, ...parameters) as Promise<never>),
      );
    const emails = copiesOf(email, ['a', 'b', 'c']);
    await expect(mailer.deliverAll(emails)).rejects.toBe(fault);
    rows.mockRestore();
    expect(transport.sent.map(({ to }) => to)).toEqual(['a@example.org']);
    db.clock.move(4 * MINUTE);
    expect([...(await mailer.deliverAll(emails)).values()]).toEqual(['sent', 'sent', 'sent']);
    expect(transport.sent.map(({ to }) => to)).toEqual([
      'a@example.org',
      'a@example.org',
      'b@example.org',
      'c@example.org',
    ]);
  });

  it('waits with the rest of its batch when the server becomes unreachable', async () => {
    const emails = copiesOf(email, ['a', 'b', 'c']);
    transport.meanwhile = () => {
      transport.fault = transport.sent.length === 1 ? { code: 'ECONNRESET' } : null;
      return Promise.resolve();
    };
    await expect(mailer.deliverAll(emails)).rejects.toThrow();
    expect(transport.sent.length).toBe(1);
    transport.meanwhile = () => Promise.resolve();
    transport.fault = null;
    expect([...(await mailer.deliverAll(emails)).values()]).toEqual(['sent', 'sent', 'sent']);
    expect(transport.sent.length).toBe(3);
  });
});
