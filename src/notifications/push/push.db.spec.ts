import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import webPush from 'web-push';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { httpReceiver, type HttpReceiver } from '../../../test/support/http-receiver.js';
import { DAY, HOUR, later, MINUTE } from '../../kernel/clock.js';
import { readConfig } from '../../kernel/config.js';
import { Logger } from '../../kernel/logger.js';
import { PushNotifications } from './push-notifications.service.js';
import { PushSender } from './push-sender.js';

describe('a push notification', () => {
  const { publicKey, privateKey } = webPush.generateVAPIDKeys();
  let db: TestDatabase;
  let service: HttpReceiver;
  let notifications: PushNotifications;
  let reader: string;
  let memberId: string;
  let thread: string;
  let count = 0;

  beforeAll(async () => {
    db = await testDatabase();
    db.clock.freeze();
    await db.make.community({ slug: 'here' });
    service = await httpReceiver(201);
    notifications = made({ PUSH_SERVICES: service.host });
  });
  afterAll(async () => {
    await service.close();
    await db.close();
  });
  beforeEach(async () => {
    service.received.length = 0;
    service.answer = 201;
    await db.make.rows('delete from push_subscriptions');
    await db.make.rows('delete from notices');
    reader = `reader-${++count}`;
    memberId = await db.make.member(reader);
    thread = await db.make.thread({ community: 'here', author: reader });
    await subscribe('phone');
    // Returning members have seen everything that came before.
    db.clock.move(DAY);
  });

  function made(env: Record<string, string>): PushNotifications {
    const config = readConfig({
      NODE_ENV: 'test',
      SECRET_KEY: 'a'.repeat(40),
      VAPID_PUBLIC_KEY: publicKey,
      VAPID_PRIVATE_KEY: privateKey,
      VAPID_SUBJECT: 'mailto:team@example.org',
      ...env,
    });
    const logger = new Logger('silent', true);
    return new PushNotifications(db.sql, db.clock, new PushSender(config), logger);
  }
  async function subscribe(name: string): Promise<void> {
    await db.make.session(reader);
    await db.make.rows(
      `
        insert into push_subscriptions
          (member_id, session_id, endpoint, device, created_at, notified_at)
        select member_id, max(id), $2, $3, $4, $4
        from sessions
        where member_id = $1
        group by member_id
      `,
      [memberId, `http://${service.host}/${name}-${count}`, name, db.clock.now()],
    );
  }
  const reply = async (): Promise<string> => {
    const id = await db.make.notice(reader, await db.make.reply({ thread, author: 'writer' }));
    await db.make.rows('update notices set created_at = $2 where id = $1', [id, db.clock.now()]);
    return id;
  };
  const look = (): Promise<unknown> =>
    db.make.rows('update notices set read_at = $1', [db.clock.now()]);
  const set = (column: string, value: unknown): Promise<unknown> =>
    db.make.rows(
      `
        insert into mail_settings (member_id, ${column}) values ($1, $2)
        on conflict (member_id) do update set ${column} = excluded.${column}
      `,
      [memberId, value],
    );
  /** Runs the job and counts the messages that it sent. */
  const sent = async (): Promise<number> => {
    const before = service.received.length;
    await notifications.run();
    return service.received.length - before;
  };
  const devices = async (): Promise<number> =>
    (await db.make.rows('select id from push_subscriptions')).length;

  it('is a signed message without content, and is sent once', async () => {
    await reply();
    expect([await sent(), await sent()]).toEqual([1, 0]);
    const [message] = service.received;
    expect(message).toMatchObject({ method: 'POST', path: `/phone-${count}`, body: '' });
    expect(message?.headers).toMatchObject({ 'content-length': '0', topic: 'waiting' });
    expect(message?.headers.ttl).toMatch(/^\d+$/);
    const [, token = '', key] =
      /^vapid t=([\w-]+\.[\w-]+)\.[\w-]+, k=([\w-]+)$/.exec(message?.headers.authorization ?? '') ??
      [];
    expect(key).toBe(publicKey);
    const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    expect(JSON.parse(claims)).toMatchObject({
      aud: `http://${service.host}`,
      sub: 'mailto:team@example.org',
    });
    expect(Object.keys(JSON.parse(claims) as object).sort()).toEqual(['aud', 'exp', 'sub']);
    expect(JSON.stringify(message)).not.toContain(reader);
  });

  it('is sent to every device of the member, and to nobody else’s', async () => {
    await subscribe('laptop');
    const other = await db.make.member(`other-${count}`);
    await db.make.session(`other-${count}`);
    await db.make.rows(
      `
        insert into push_subscriptions
          (member_id, session_id, endpoint, device, created_at, notified_at)
        select member_id, id, $2, '', $3, $3
        from sessions
        where member_id = $1
      `,
      [other, `http://${service.host}/other-${count}`, db.clock.now()],
    );
    db.clock.move(MINUTE);
    await reply();
    expect(await sent()).toBe(2);
    expect(service.received.map(({ path }) => path).sort()).toEqual([
      `/laptop-${count}`,
      `/phone-${count}`,
    ]);
  });

  it('is sent again once the member has looked, or after a day', async () => {
    await reply();
    expect(await sent()).toBe(1);
    db.clock.move(HOUR);
    await reply();
    expect(await sent()).toBe(0);
    await look();
    await reply();
    expect(await sent()).toBe(1);
    db.clock.move(MINUTE);
    await look();
    await reply();
    expect(await sent()).toBe(0);
    db.clock.move(10 * MINUTE);
    expect(await sent()).toBe(1);
    db.clock.move(HOUR);
    await reply();
    expect(await sent()).toBe(0);
    db.clock.move(DAY);
    expect(await sent()).toBe(1);
  });

  it('waits for the end of the quiet hours and of a pause', async () => {
    const hour = db.clock.now().getUTCHours();
    await db.make.rows(`update members set time_zone = 'UTC' where id = $1`, [memberId]);
    await db.make.rows(
      `
        insert into mail_settings (member_id, quiet_from, quiet_to) values ($1, $2, $3)
        on conflict (member_id) do update set quiet_from = $2, quiet_to = $3
      `,
      [memberId, hour, (hour + 2) % 24],
    );
    await reply();
    expect(await sent()).toBe(0);
    db.clock.move(2 * HOUR);
    expect(await sent()).toBe(1);
    await look();
    await set('paused_until', later(db.clock.now(), 3 * DAY));
    db.clock.move(3 * HOUR);
    await reply();
    expect(await sent()).toBe(0);
  });

  it.each([
    [
      'chose digests instead',
      `insert into mail_choices (member_id, kind, frequency) values ($1, 'reply', 'weekly')`,
    ],
    ['takes a break', `update members set break_until = now() + interval '9 years' where id = $1`],
    ['has closed the account', `update members set closed_at = now() where id = $1`],
    ['has read it', `update notices set read_at = now() where member_id = $1`],
    ['shares the device', `update sessions set shared = true where member_id = $1`],
    ['is logged out by now', `update sessions set expires_at = created_at where member_id = $1`],
    [
      'may not read it any more',
      `update posts set status = 'hidden' where thread_id = (select thread_id from notices
         where member_id = $1)`,
    ],
  ])('is not sent to a member who %s', async (_what, change) => {
    await reply();
    await db.make.rows(change, [memberId]);
    expect(await sent()).toBe(0);
  });

  it.each([404, 410])('ends for a browser whose service answers %i', async (status) => {
    service.answer = status;
    await reply();
    expect([await sent(), await devices()]).toEqual([1, 0]);
  });

  it.each([429, 500, 503])('is retried for an hour if the service answers %i', async (status) => {
    service.answer = status;
    await reply();
    expect([await sent(), await sent(), await devices()]).toEqual([1, 1, 1]);
    service.answer = 201;
    expect([await sent(), await sent()]).toEqual([1, 0]);
  });

  it('is not retried if the service rejects it, and follows no redirect', async () => {
    for (const status of [400, 403, 307]) {
      service.answer = status;
      await look();
      db.clock.move(HOUR);
      await reply();
      expect([status, await sent(), await sent()]).toEqual([status, 1, 0]);
    }
    expect(service.received.map(({ path }) => path)).not.toContain('/elsewhere');
    expect(await devices()).toBe(1);
  });

  it('is retried for an hour at most', async () => {
    service.answer = 503;
    await reply();
    expect(await sent()).toBe(1);
    db.clock.move(61 * MINUTE);
    expect(await sent()).toBe(0);
  });

  it('is only sent to hosts of push services', async () => {
    await reply();
    await made({}).run();
    expect([service.received.length, await devices()]).toEqual([0, 0]);
  });

  it('is deleted with its session', async () => {
    await db.make.rows('delete from sessions where member_id = $1', [memberId]);
    expect(await devices()).toBe(0);
  });
});
