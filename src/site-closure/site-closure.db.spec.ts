import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connected, newDatabase } from '../../test/support/databases.js';
import { Factory } from '../../test/support/factory.js';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { RecordingTransport, testMailer } from '../../test/support/mailer.js';
import { OperatorFault, type MembersAdmin } from '../accounts/members-admin.service.js';
import { SiteSettings } from '../http/site-settings.js';
import { Messages } from '../i18n/messages.js';
import { DAY, later } from '../kernel/clock.js';
import { readConfig } from '../kernel/config.js';
import { dataSourceOptions } from '../kernel/database.js';
import { Logger } from '../kernel/logger.js';
import { Outbox } from '../outbox/outbox.js';
import { AuditLog } from '../review/audit-log.js';
import { MailSiteClosureJob } from './site-closure.jobs.js';
import { dayText, SiteClosures } from './site-closures.service.js';
import { wipeDatabase, wipeFolder } from './wipe.js';

const SECOND = { handle: 'ann', code: '123456' };

describe('closing down a site', () => {
  let db: TestDatabase;
  let closures: SiteClosures;
  let settings: SiteSettings;
  let second: string;

  beforeAll(async () => {
    db = await testDatabase();
    second = await db.make.member('ann');
    const members = {
      secondPerson: ({ code }: typeof SECOND) =>
        code === SECOND.code ? Promise.resolve(second) : Promise.reject(new OperatorFault('no')),
    } as unknown as MembersAdmin;
    const { clock, database, sql } = db;
    const auditLog = new AuditLog(clock);
    closures = new SiteClosures(database, sql, clock, new Outbox(), auditLog, members);
    settings = new SiteSettings(sql, clock, new Logger('silent', true));
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    await db.make.rows('delete from site_closures');
    await db.make.rows('delete from outbox');
  });

  /** @returns the offset by which the clock was moved, to move it back */
  const moveTo = (time: Date): number => {
    const by = time.getTime() - db.clock.ms();
    db.clock.move(by);
    return by;
  };
  const inDays = (days: number): string => dayText(later(db.clock.now(), days * DAY));
  const plan = (readOnly = inDays(10), wipe = inDays(40)) =>
    closures.plan({ readOnly, wipe }, 'No money', SECOND);
  const events = async (): Promise<{ closureId: string; asked: number }[]> => {
    const rows = await db.make.rows(
      `select ids from outbox where event = 'site-closure.told' order by id`,
    );
    return (rows as { ids: { closureId: string; asked: number } }[]).map(({ ids }) => ids);
  };

  it.each([
    ['a day that is none', () => plan('2026-02-31')],
    ['a day of the past', () => plan(inDays(-1))],
    ['a wipe before it is read-only', () => plan(inDays(50), inDays(40))],
    ['a wipe before members had time', () => plan(inDays(2), inDays(20))],
    ['no reason', () => closures.plan({ readOnly: inDays(10), wipe: inDays(40) }, ' ', SECOND)],
    [
      'a wrong code of the second person',
      () =>
        closures.plan({ readOnly: inDays(10), wipe: inDays(40) }, 'No money', {
          ...SECOND,
          code: '1',
        }),
    ],
  ])('refuses %s', async (_what, wrong) => {
    await expect(wrong()).rejects.toBeInstanceOf(OperatorFault);
    expect(await closures.current()).toBeNull();
  });

  it('is planned once, by two people, and announced', async () => {
    const planned = await plan();
    await expect(plan()).rejects.toThrow('already about to close');
    expect(await events()).toEqual([{ closureId: planned.id, asked: planned.toldAt.getTime() }]);
    const log = await db.make.rows(
      `select actor_id, reason from moderation_log where deed = 'operator.site-closure-planned'`,
    );
    expect(log).toEqual([{ actor_id: second, reason: 'No money' }]);
  });

  it('blocks sign-ups, becomes read-only on its day, and can be cancelled', async () => {
    const planned = await plan();
    await settings.refresh();
    expect(settings.siteClosing).toMatchObject({ wipeAt: planned.wipeAt, wiped: false });
    expect([settings.canSignUp, settings.isReadOnly]).toEqual([false, false]);
    const moved = moveTo(planned.readOnlyAt);
    expect(settings.isReadOnly).toBe(true);
    db.clock.move(-moved);
    await closures.cancel('Money came');
    await settings.refresh();
    expect(settings.siteClosing).toBeNull();
    expect([settings.canSignUp, settings.isReadOnly]).toEqual([true, false]);
  });

  it('reminds once, a week before', async () => {
    const planned = await plan();
    await closures.remindDue();
    expect(await events()).toHaveLength(1);
    const moved = moveTo(later(planned.wipeAt, -6 * DAY));
    await closures.remindDue();
    await closures.remindDue();
    db.clock.move(-moved);
    expect(await events()).toHaveLength(2);
  });

  describe('by email', () => {
    const job = (transport: RecordingTransport): MailSiteClosureJob =>
      new MailSiteClosureJob(
        db.sql,
        testMailer(db, transport),
        new Messages(),
        readConfig({
          NODE_ENV: 'test',
          SECRET_KEY: 'a'.repeat(40),
          BASE_URL: 'https://boat.example',
        }),
      );

    beforeAll(async () => {
      for (const handle of ['bea', 'cho', 'dan']) await db.make.member(handle);
      await db.make.rows(`
        update members
        set email = handle || '@example.org', email_verified_at = now(),
          locale = case when handle = 'cho' then 'es' end
        where handle in ('bea', 'cho', 'dan')`);
      await db.make.rows(`update members set email_verified_at = null where handle = 'dan'`);
    });

    it('announces to members with a confirmed address once, in their language, without naming the site', async () => {
      await plan();
      const transport = new RecordingTransport();
      const [news] = await events();
      await job(transport).run(news as never);
      await job(transport).run(news as never);
      const sent = transport.sent.filter(({ to }) => /^(bea|cho|dan)@/.test(to));
      expect(sent.map(({ to }) => to)).toEqual(['bea@example.org', 'cho@example.org']);
      expect(sent[0]?.text).toContain('will close on');
      expect(sent[1]?.text).toContain('cerrará');
      expect(sent.map(({ text, subject }) => `${subject} ${text}`).join()).not.toMatch(
        /sameboat|mental|support|bea\b(?!@)/i,
      );
    });

    it('does not send a superseded announcement', async () => {
      await plan();
      db.clock.move(1_000);
      await closures.cancel('Money came');
      const [first, last] = await events();
      const transport = new RecordingTransport();
      await job(transport).run(first as never);
      expect(transport.sent).toEqual([]);
      await job(transport).run(last as never);
      expect(transport.sent[0]?.text).toContain('stays open');
    });
  });

  it('is wiped by two people on the day, confirmed by the site’s name', async () => {
    const planned = await plan();
    const agree = (site: string, code = SECOND.code) =>
      closures.agreeToWipe(site, 'boat.example', 'No money', { ...SECOND, code });
    await expect(agree('boat.example')).rejects.toThrow('on that day or later');
    const moved = moveTo(planned.wipeAt);
    await expect(agree('other.example')).rejects.toThrow('host of BASE_URL');
    await expect(agree('boat.example', '1')).rejects.toBeInstanceOf(OperatorFault);
    expect((await agree('boat.example')).id).toBe(planned.id);
    await db.make.rows('update site_closures set cancelled_at = now()');
    await expect(agree('boat.example')).rejects.toThrow('Nothing is planned');
    db.clock.move(-moved);
  });
});

describe('wiping a site', () => {
  it('leaves only the record of the closure, and fails while others are connected', async () => {
    const { url, drop } = await newDatabase();
    const source = await new DataSource(dataSourceOptions(url, 2)).initialize();
    const make = new Factory(source);
    await make.community({ slug: 'here' });
    const thread = await make.thread({ community: 'here', author: 'mia' });
    await make.reply({ thread, author: 'ann' });
    await make.rows('create schema bullmq');
    await make.rows('create table bullmq.job (data text)');
    const [row] = (await make.rows(
      `insert into site_closures (planned_at, read_only_at, wipe_at, told_at)
       values (now(), now(), now() + interval '1 day', now())
       returning id`,
    )) as { id: string }[];
    const closureId = row?.id ?? '';
    await expect(wipeDatabase(url, closureId)).rejects.toThrow('are connected');
    expect(await make.rows('select id from posts')).toHaveLength(2);
    await source.destroy();

    expect(await wipeDatabase(url, closureId)).toBeGreaterThan(90);
    const left = await connected(url, async (client) => {
      const { rows } = await client.query<{ name: string }>(
        `select c.oid::regclass::text as name
         from pg_class c
         join pg_namespace n on n.oid = c.relnamespace
         where c.relkind = 'r' and n.nspname in ('public', 'bullmq')`,
      );
      const filled: string[] = [];
      for (const { name } of rows) {
        const found = await client.query(`select 1 from ${name} limit 1`);
        if (found.rows.length > 0) filled.push(name);
      }
      return { filled, closed: (await client.query('select wiped_at from site_closures')).rows };
    });
    expect(left.filled.sort()).toEqual(['schema_migrations', 'site_closures']);
    expect(left.closed).toEqual([{ wiped_at: expect.any(Date) }]);
    await drop();
  });

  it('deletes only Sameboat’s files in DATA_DIR', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sameboat-wipe-'));
    try {
      for (const name of ['postgres', 'mailbox', 'mine']) mkdirSync(join(folder, name));
      for (const name of ['secret-key', 'postgres-password', 'rehearsal-0a1b', 'notes.backup'])
        writeFileSync(join(folder, name), 'x');
      expect(wipeFolder(folder)).toHaveLength(5);
      expect(readdirSync(folder).sort()).toEqual(['mine', 'notes.backup']);
      expect(wipeFolder(join(folder, 'none'))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    expect(existsSync(folder)).toBe(false);
  });
});
