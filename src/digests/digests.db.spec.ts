import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { RecordingTransport, testMailer } from '../../test/support/mailer.js';
import { ContactPreferences } from '../accounts/contact-preferences.service.js';
import { Messages } from '../i18n/messages.js';
import { DAY, later, MINUTE } from '../kernel/clock.js';
import { readConfig } from '../kernel/config.js';
import { MailSettings } from '../notifications/preferences/mail-settings.service.js';
import { UnsubscribeTokens } from '../notifications/preferences/unsubscribe-tokens.js';
import { DigestComposer } from './digest-composer.service.js';
import { DigestContent } from './digest-content.js';
import { DigestPlanning } from './digest-planning.service.js';
import { Digests } from './digests.service.js';

const config = readConfig({ NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40) });

describe('a digest', () => {
  let db: TestDatabase;
  let transport: RecordingTransport;
  let digests: Digests;
  let settings: MailSettings;
  let memberId: string;
  let count = 0;

  beforeAll(async () => {
    db = await testDatabase();
    db.clock.freeze();
    settings = new MailSettings(db.database, db.sql, db.clock, new ContactPreferences());
    await db.make.community({ slug: 'here' });
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await db.make.rows('delete from digests');
    await db.make.rows('update mail_settings set next_digest_at = null');
    transport = new RecordingTransport();
    digests = worker();
    memberId = await db.make.member(`reader-${++count}`);
    await db.make.join(`reader-${count}`, 'here');
    await settings.answerSafe(memberId, 'yes');
    await due();
  });

  /** The services of one worker process. */
  function worker(): Digests {
    return new Digests(
      db.sql,
      db.clock,
      new DigestPlanning(db.database, db.sql, db.clock, settings),
      new DigestComposer(
        new DigestContent(db.sql),
        new UnsubscribeTokens(db.sql, config),
        new Messages(),
        config,
      ),
      testMailer(db, transport),
    );
  }

  /** Moves to the member's digest hour, on their day. */
  async function due(at = db.clock.now()): Promise<void> {
    await db.make.rows(
      `update mail_settings
       set next_digest_at = $2, weekly = true,
         digest_day = extract(isodow from $2::timestamptz at time zone 'Europe/London')
       where member_id = $1`,
      [memberId, at],
    );
  }
  /** A new thread, created just now. */
  async function news(): Promise<void> {
    const thread = await db.make.thread({ community: 'here', author: 'writer' });
    await db.make.rows('update threads set created_at = $2 where id = $1', [
      thread,
      later(db.clock.now(), -MINUTE),
    ]);
  }
  const rows = async (): Promise<unknown[]> =>
    (
      (await db.make.rows('select status, attempts from digests order by id')) as {
        status: string;
        attempts: number;
      }[]
    ).map(({ status, attempts }) => [status, attempts]);

  describe('when it is due', () => {
    it('is opened once per member and window, and the next one is scheduled', async () => {
      expect(await digests.due()).toBe(1);
      expect(await digests.due()).toBe(0);
      expect(await rows()).toEqual([['due', 0]]);
      const { nextDigestAt } = (await settings.of(memberId)).settings;
      expect(nextDigestAt?.getTime()).toBeGreaterThan(db.clock.ms());
    });

    it('is opened once, even if the window was opened before', async () => {
      const at = db.clock.now();
      await digests.due();
      await due(at);
      expect(await digests.due()).toBe(1);
      expect(await rows()).toEqual([['due', 0]]);
    });

    it('is opened once by two concurrent workers', async () => {
      const planned = await Promise.all([worker().due(), worker().due()]);
      expect(planned.reduce((sum, each) => sum + each, 0)).toBe(1);
      expect((await rows()).length).toBe(1);
    });

    it('starts where the last one ended', async () => {
      const last = later(db.clock.now(), -3 * DAY);
      await db.make.rows('update mail_settings set weekly_until = $2 where member_id = $1', [
        memberId,
        last,
      ]);
      await digests.due();
      expect(await db.make.rows('select weekly_since, daily_since from digests')).toEqual([
        { weekly_since: last, daily_since: null },
      ]);
    });

    it('waits for its hour', async () => {
      await due(later(db.clock.now(), MINUTE));
      expect(await digests.due()).toBe(0);
    });
  });

  it('is sent once, and completed', async () => {
    await news();
    await digests.sendDue();
    await digests.sendDue();
    expect(transport.sent.map(({ to }) => to)).toEqual([`reader-${count}@example.org`]);
    expect(await rows()).toEqual([['sent', 1]]);
  });

  it('is not sent without news', async () => {
    await db.make.rows('delete from threads');
    await digests.sendDue();
    expect(transport.sent).toEqual([]);
    expect(await rows()).toEqual([['empty', 1]]);
  });

  it('is not sent to a member who may no longer be emailed', async () => {
    await news();
    await digests.due();
    await db.make.rows(`update members set mail_safe = 'no' where id = $1`, [memberId]);
    await digests.sendDue();
    expect(transport.sent).toEqual([]);
    expect(await rows()).toEqual([['declined', 1]]);
  });

  it('cancels its waiting email if the recipient may no longer be emailed on a retry', async () => {
    await news();
    await digests.due();
    transport.fault = { code: 'ECONNREFUSED' };
    await expect(digests.sendDue()).rejects.toThrow();
    transport.fault = null;
    await db.make.rows(`update members set mail_safe = 'no' where id = $1`, [memberId]);
    db.clock.move(5 * MINUTE);
    await digests.sendDue();
    expect(await rows()).toEqual([['declined', 2]]);
    expect(
      await db.make.rows('select state from mail_deliveries where member_id = $1', [memberId]),
    ).toEqual([{ state: 'withdrawn' }]);
  });

  it('of a dead worker is claimed again when the lease expires, not before', async () => {
    await news();
    await digests.due();
    transport.fault = { code: 'ECONNREFUSED' };
    await expect(digests.sendDue()).rejects.toThrow();
    expect(await rows()).toEqual([['sending', 1]]);
    transport.fault = null;
    expect(await digests.sendDue()).toBe(0);
    db.clock.move(5 * MINUTE);
    expect(await digests.sendDue()).toBe(1);
    expect(await rows()).toEqual([['sent', 2]]);
    expect(transport.sent.length).toBe(1);
  });

  describe('for more members than a batch', () => {
    const MEMBERS = 130;
    const recipients = (): string[] => transport.sent.map(({ to }) => to).sort();
    let expected: string[] = [];

    beforeEach(async () => {
      expected = [];
      for (let n = 0; n < MEMBERS; n += 1) {
        const handle = `many-${++count}`;
        memberId = await db.make.member(handle);
        await db.make.join(handle, 'here');
        await settings.answerSafe(memberId, 'yes');
        await due();
        expected.push(`${handle}@example.org`);
      }
      await db.make.rows(
        `update mail_settings set next_digest_at = null
         where member_id in (select id from members where handle like 'reader-%')`,
      );
      expected.sort();
      await news();
    });

    it('is sent once to each', async () => {
      await digests.sendDue();
      expect(recipients()).toEqual(expected);
      expect(new Set((await rows()).map(String))).toEqual(new Set(['sent,1']));
    });

    it('is sent once to each by two workers', async () => {
      await Promise.all([digests.sendDue(), worker().sendDue()]);
      expect(recipients()).toEqual(expected);
    });

    it('waits for the lease, and is sent once to each, if the mail server fails', async () => {
      transport.fault = { code: 'ECONNREFUSED' };
      await expect(digests.sendDue()).rejects.toThrow();
      transport.fault = null;
      db.clock.move(5 * MINUTE);
      await digests.sendDue();
      expect(recipients()).toEqual(expected);
    });
  });

  it('is the last one after a long absence, until the member returns', async () => {
    const longAgo = later(db.clock.now(), -200 * DAY);
    await news();
    await db.make.rows('update members set created_at = $2 where id = $1', [memberId, longAgo]);
    await db.make.rows('update mail_settings set seen_at = $2 where member_id = $1', [
      memberId,
      longAgo,
    ]);
    await digests.sendDue();
    expect(transport.sent[0]?.text).toContain('You have not been here for a while');
    expect((await settings.of(memberId)).settings.nextDigestAt).toBeNull();
    await db.make.session(`reader-${count}`);
    await db.make.rows('update sessions set last_seen_at = $1', [later(db.clock.now(), MINUTE)]);
    await digests.sendDue();
    expect((await settings.of(memberId)).settings.nextDigestAt).not.toBeNull();
  });
});
