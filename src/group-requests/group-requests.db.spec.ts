import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { viewerOf } from '../../test/support/moderation.js';
import { SiteSettings } from '../http/site-settings.js';
import type { Viewer } from '../http/viewer.js';
import { Conflict, FieldError, NotFound } from '../kernel/errors.js';
import { Logger } from '../kernel/logger.js';
import { Outbox } from '../outbox/outbox.js';
import { AuditLog } from '../review/audit-log.js';
import type { GroupAnswer } from './group-requests.dto.js';
import { GroupRequests } from './group-requests.service.js';

const ANSWER: GroupAnswer = { outcome: 'later', answer: 'We look for moderators.' };

describe('requests for a group', () => {
  let world: TestDatabase;
  let settings: SiteSettings;
  let requests: GroupRequests;
  let member: Viewer;
  let other: Viewer;
  let admin: Viewer;

  beforeAll(async () => {
    world = await testDatabase();
    const { database, sql, clock } = world;
    settings = new SiteSettings(sql, clock, new Logger('silent', true));
    const auditLog = new AuditLog(clock);
    requests = new GroupRequests(database, sql, clock, new Outbox(), settings, auditLog);
    member = viewerOf(await world.make.member('member'));
    other = viewerOf(await world.make.member('other'));
    admin = viewerOf(await world.make.member('admin', { role: 'admin' }), 'admin');
  });
  afterAll(() => world.close());
  beforeEach(() => world.make.rows('delete from group_requests'));

  const ask = (wish: string, by = member): Promise<string> =>
    requests.ask(by, { wish, why: 'There is none.' });
  const events = (): Promise<{ event: string }[]> =>
    world.make.all('select event from outbox order by id');

  it('are stored, and readable only by their member', async () => {
    const id = await ask('Night shifts');
    expect(await requests.loadOwn(member, id)).toMatchObject({
      wish: 'Night shifts',
      outcome: null,
    });
    await expect(requests.loadOwn(other, id)).rejects.toThrow(NotFound);
  });

  it('are created once while an identical one is pending', async () => {
    expect(await ask('Night shifts')).toBe(await ask('Night shifts'));
    expect(await requests.own(member)).toHaveLength(1);
  });

  it('are limited to five pending ones for each member', async () => {
    for (const n of [1, 2, 3, 4, 5]) await ask(`Group ${n}`);
    await expect(ask('Group 6')).rejects.toMatchObject({ key: 'finding.error.many' });
    await ask('Group 6', other);
  });

  it('are rejected while closed by an administrator', async () => {
    await world.make.rows(
      `insert into site_settings (key, value, updated_at) values ('groupRequestsOpen', 'false', now())`,
    );
    await settings.refresh();
    await expect(ask('Night shifts')).rejects.toThrow(FieldError);
    await world.make.rows('delete from site_settings');
    await settings.refresh();
    await ask('Night shifts');
  });

  it('are listed and answered only by administrators', async () => {
    const id = await ask('Night shifts');
    expect(() => requests.all(member)).toThrow();
    await expect(requests.load(member, id)).rejects.toThrow();
    await expect(requests.answer(member, id, ANSWER)).rejects.toThrow();
    expect(await requests.all(admin)).toHaveLength(1);
  });

  it('are answered once, and the first answer is kept', async () => {
    const id = await ask('Night shifts');
    await requests.answer(admin, id, ANSWER);
    const before = await events();
    await requests.answer(admin, id, ANSWER);
    await expect(
      requests.answer(admin, id, { outcome: 'no', answer: 'Another one.' }),
    ).rejects.toThrow(Conflict);
    expect(await events()).toEqual(before);
    expect(await requests.loadOwn(member, id)).toMatchObject(ANSWER);
  });

  it('emit an event and an audit log entry when answered', async () => {
    const id = await ask('Night shifts');
    const before = (await events()).length;
    await requests.answer(admin, id, ANSWER);
    expect((await events()).slice(before)).toEqual([{ event: 'group-request.answered' }]);
    expect(
      await world.make.one(
        `select count(*)::int as count from moderation_log where detail->>'requestId' = $1`,
        [id],
      ),
    ).toEqual({ count: 1 });
  });

  it('cannot be answered once deleted', async () => {
    await expect(requests.answer(admin, '999999', ANSWER)).rejects.toThrow(NotFound);
  });

  it('are listed with pending ones first', async () => {
    const first = await ask('First');
    const second = await ask('Second');
    await requests.answer(admin, first, ANSWER);
    expect((await requests.all(admin)).map(({ id }) => id)).toEqual([second, first]);
  });
});
