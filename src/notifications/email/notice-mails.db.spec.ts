import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { RecordingTransport, testMailer } from '../../../test/support/mailer.js';
import { Messages } from '../../i18n/messages.js';
import { DAY, later, MINUTE } from '../../kernel/clock.js';
import { readConfig } from '../../kernel/config.js';
import { UnsubscribeTokens } from '../preferences/unsubscribe-tokens.js';
import { NoticeMails } from './notice-mails.service.js';
import { ReplyAddresses } from './reply-addresses.js';

const config = readConfig({ NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40) });

describe('an email about a notice', () => {
  let db: TestDatabase;
  let transport: RecordingTransport;
  let mails: NoticeMails;
  let reader: string;
  let memberId: string;
  let thread: string;
  let count = 0;

  beforeAll(async () => {
    db = await testDatabase();
    db.clock.freeze();
    await db.make.community({ slug: 'here' });
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    transport = new RecordingTransport();
    mails = new NoticeMails(
      db.database,
      db.sql,
      db.clock,
      testMailer(db, transport),
      new UnsubscribeTokens(db.sql, config),
      new Messages(),
      config,
      new ReplyAddresses(config, db.sql, db.clock),
    );
    await db.make.rows('delete from notices');
    reader = `reader-${++count}`;
    memberId = await db.make.member(reader);
    await db.make.rows(`update members set mail_safe = 'yes' where id = $1`, [memberId]);
    await db.make.rows('insert into mail_settings (member_id) values ($1)', [memberId]);
    thread = await db.make.thread({ community: 'here', author: reader });
  });

  const set = async (column: string, value: unknown): Promise<void> => {
    await db.make.rows(`update mail_settings set ${column} = $2 where member_id = $1`, [
      memberId,
      value,
    ]);
  };
  const notice = async (): Promise<string> =>
    db.make.notice(reader, await db.make.reply({ thread, author: 'writer' }));
  /** @returns the first of two notices that were batched into one email, which is due */
  async function waitTogether(): Promise<string> {
    await mails.mail(await notice());
    const lead = await notice();
    for (const id of [lead, await notice()]) await mails.mail(id);
    db.clock.move(10 * MINUTE);
    return lead;
  }
  /** When the email about a notice is scheduled. */
  async function plannedFor(id: string): Promise<Date | null> {
    const [row] = (await db.make.rows('select mail_at from notices where id = $1', [id])) as [
      { mail_at: Date | null },
    ];
    return row.mail_at;
  }

  it('is sent immediately, and once', async () => {
    const id = await notice();
    for (let run = 0; run < 3; run += 1) await mails.mail(id);
    expect(transport.sent.map(({ to }) => to)).toEqual([`${reader}@example.org`]);
  });

  it('is not sent immediately to members absent for long, unless the team wrote it', async () => {
    const seen = async (days: number): Promise<void> => {
      const when = later(db.clock.now(), -days * DAY);
      await db.make.rows('update members set created_at = $2 where id = $1', [memberId, when]);
      await db.make.rows('update posts set created_at = $2 where author_id = $1', [memberId, when]);
    };
    await seen(181);
    const id = await notice();
    await mails.mail(id);
    expect(transport.sent).toEqual([]);
    expect(await plannedFor(id)).toBeNull();
    await db.make.rows(
      `insert into mail_choices (member_id, kind, frequency) values ($1, 'team', 'at-once')`,
      [memberId],
    );
    await db.make.rows(`update notices set kind = 'post-published' where id = $1`, [id]);
    await mails.mail(id);
    expect(transport.sent).toHaveLength(1);
  });

  it('is sent immediately to members who were here within half a year', async () => {
    const when = later(db.clock.now(), -200 * DAY);
    await db.make.rows('update members set created_at = $2 where id = $1', [memberId, when]);
    await db.make.rows('update posts set created_at = $2 where author_id = $1', [memberId, when]);
    await db.make.rows('update mail_settings set seen_at = $2 where member_id = $1', [
      memberId,
      later(db.clock.now(), -179 * DAY),
    ]);
    await mails.mail(await notice());
    expect(transport.sent).toHaveLength(1);
  });

  it('waits ten minutes after the last one, and then lists everything new', async () => {
    await mails.mail(await notice());
    const [second, third] = [await notice(), await notice()];
    await mails.mail(second);
    await mails.mail(third);
    expect(transport.sent.length).toBe(1);
    expect(await plannedFor(second)).toEqual(later(db.clock.now(), 10 * MINUTE));
    db.clock.move(10 * MINUTE);
    expect(await mails.mailWaiting()).toBe(1);
    expect(transport.sent[1]?.text).toContain('2 things are waiting for you');
    expect(await mails.mailWaiting()).toBe(0);
  });

  it('that waited is sent once the mail server is reachable, after it was committed to', async () => {
    const second = await waitTogether();
    transport.fault = { code: 'ECONNREFUSED', command: 'CONN' };
    await expect(mails.mailWaiting()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    transport.fault = null;
    expect(await mails.mailWaiting()).toBe(0);
    db.clock.move(10 * MINUTE);
    expect(await mails.mailWaiting()).toBe(1);
    expect(transport.sent.length).toBe(2);
    expect(await plannedFor(second)).toBeNull();
  });

  it('that waited is sent once although its worker was killed', async () => {
    await waitTogether();
    let killed: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      transport.meanwhile = () => {
        resolve();
        return new Promise((_, reject) => (killed = () => reject(new Error('killed'))));
      };
    });
    const lost = mails.mailWaiting().catch(() => 'killed');
    await begun;
    transport.meanwhile = () => Promise.resolve();
    expect(await mails.mailWaiting()).toBe(0);
    db.clock.move(10 * MINUTE);
    expect(await mails.mailWaiting()).toBe(1);
    killed();
    await lost;
    db.clock.move(10 * MINUTE);
    await mails.mailWaiting();
    expect(transport.sent.length).toBe(2);
  });

  it('that a server defers does not block others', async () => {
    const other = `${reader}-other`;
    const otherId = await db.make.member(other);
    await db.make.rows(`update members set mail_safe = 'yes' where id = $1`, [otherId]);
    const first = await notice();
    const second = await db.make.notice(other, await db.make.reply({ thread, author: 'writer' }));
    await db.make.rows('update notices set mail_at = $2 where id = any($1::bigint[])', [
      [first, second],
      db.clock.now(),
    ]);
    transport.fault = { responseCode: 450, command: 'RCPT TO' };
    expect(await mails.mailWaiting()).toBe(0);
    transport.fault = null;
    db.clock.move(DAY);
    expect(await mails.mailWaiting()).toBe(2);
    expect(transport.sent.length).toBe(2);
  });

  it('waits while the member’s emails are paused', async () => {
    const until = later(db.clock.now(), 3 * DAY);
    await set('paused_until', until);
    const id = await notice();
    await mails.mail(id);
    expect(transport.sent).toEqual([]);
    expect((await plannedFor(id))?.getTime()).toBeGreaterThanOrEqual(until.getTime());
  });

  it('is cancelled if its notice was read while it waited, and the others are emailed without it', async () => {
    const lead = await waitTogether();
    transport.fault = { code: 'ECONNREFUSED', command: 'CONN' };
    await expect(mails.mailWaiting()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    transport.fault = null;
    await db.make.rows('update notices set read_at = now() where id = $1', [lead]);
    db.clock.move(10 * MINUTE);
    await mails.mailWaiting();
    expect(transport.sent.length).toBe(1);
    expect(
      await db.make.rows('select state from mail_deliveries where key = $1', [`notice:${lead}`]),
    ).toEqual([{ state: 'withdrawn' }]);
    expect(await mails.mailWaiting()).toBe(1);
    expect(transport.sent[1]?.text).toContain('Something is waiting for you');
  });

  it('is not sent about a post that was hidden meanwhile', async () => {
    const id = await notice();
    await db.make.rows(`update posts set status = 'hidden' where thread_id = $1 and number > 1`, [
      thread,
    ]);
    await mails.mail(id);
    expect(transport.sent).toEqual([]);
  });

  it.each([
    ['mail_safe', `'no'`],
    ['email_verified_at', 'null'],
    ['closed_at', 'now()'],
  ])('is not sent if %s is %s', async (column, value) => {
    const id = await notice();
    await db.make.rows(`update members set ${column} = ${value} where id = $1`, [memberId]);
    await mails.mail(id);
    expect(transport.sent).toEqual([]);
  });

  it('is not sent to a member who chose digests instead', async () => {
    await db.make.rows(
      `insert into mail_choices (member_id, kind, frequency) values ($1, 'reply', 'weekly')`,
      [memberId],
    );
    await mails.mail(await notice());
    expect(transport.sent).toEqual([]);
  });

  it('says what happened only if the member chose so', async () => {
    await mails.mail(await notice());
    expect(transport.sent[0]?.text).not.toContain('writer');
    await set('content', true);
    db.clock.move(DAY);
    await mails.mail(await notice());
    expect(transport.sent[1]?.text).toContain('writer');
  });

  it('is sent by the next run if the server is unreachable', async () => {
    const id = await notice();
    transport.fault = { code: 'ECONNREFUSED' };
    await expect(mails.mail(id)).rejects.toThrow();
    transport.fault = null;
    await mails.mail(id);
    expect(transport.sent.length).toBe(1);
  });
});
