import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { viewerOf } from '../../test/support/moderation.js';
import { Acknowledgements } from '../communities/acknowledgements.js';
import { Answers } from '../communities/answers.service.js';
import type { AccessibleCommunity } from '../communities/community-access.js';
import { CommunityAccess } from '../communities/community-access.service.js';
import { Membership } from '../communities/membership.service.js';
import type { Viewer } from '../http/viewer.js';
import { DAY, later } from '../kernel/clock.js';
import { Conflict, Forbidden, NotFound } from '../kernel/errors.js';
import { Outbox } from '../outbox/outbox.js';
import { AuditLog } from '../review/audit-log.js';
import { TRAINING } from './supporters.dto.js';
import { Supporters } from './supporters.service.js';

describe('peer supporters', () => {
  let world: TestDatabase;
  let supporters: Supporters;
  let access: CommunityAccess;
  let moderator: Viewer;
  let member: Viewer;
  let handle: string;
  let count = 0;

  beforeAll(async () => {
    world = await testDatabase();
    const { database, sql, clock } = world;
    const outbox = new Outbox();
    const answers = new Answers(clock, outbox);
    const membership = new Membership(
      database,
      sql,
      clock,
      new Acknowledgements(),
      answers,
      outbox,
    );
    supporters = new Supporters(
      database,
      sql,
      clock,
      membership,
      answers,
      new AuditLog(clock),
      outbox,
    );
    access = new CommunityAccess(sql);
    await world.make.community({ slug: 'here' });
    await world.make.join('moderator', 'here', 'moderator');
    moderator = viewerOf(await world.make.member('moderator'));
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    count += 1;
    handle = `member-${count}`;
    await world.make.join(handle, 'here');
    member = viewerOf(await world.make.member(handle));
  });

  const here = (viewer = member): Promise<AccessibleCommunity> => access.load(viewer, 'here');
  const offer = async (steps: readonly string[] = TRAINING): Promise<void> =>
    supporters.apply(member, await here(), { why: 'I was there.', capacity: 2, steps: [...steps] });
  const answer = async (yes: 'accept' | 'decline', by = moderator): Promise<void> =>
    supporters.answer(by, await here(by), handle, yes, 'Thank you.');
  const role = async (): Promise<string | null> => (await here()).role;
  const settings = async (): ReturnType<Supporters['settings']> =>
    supporters.settings(member, await here());

  it('are members until a moderator accepts their offer', async () => {
    await offer();
    expect(await role()).toBe('member');
    expect(await settings()).toMatchObject({ state: 'asked', capacity: 2 });
    await answer('accept');
    expect(await role()).toBe('supporter');
    expect(await settings()).toMatchObject({ state: 'active' });
  });

  it('are not accepted before every step of the training is ticked', async () => {
    await offer(TRAINING.slice(1));
    await expect(answer('accept')).rejects.toThrow(Forbidden);
    expect(await role()).toBe('member');
  });

  it('can offer again after a refusal', async () => {
    await offer();
    await answer('decline');
    expect(await settings()).toMatchObject({ state: 'declined' });
    await offer();
    expect(await settings()).toMatchObject({ state: 'asked' });
  });

  it('are answered once, and a moderator is told when it was too late', async () => {
    await offer();
    await answer('accept');
    await answer('accept');
    await expect(answer('decline')).rejects.toThrow(Conflict);
    expect(await role()).toBe('supporter');
    expect(
      await world.make.all('select 1 from member_answers where member_id = $1', [member.memberId]),
    ).toHaveLength(1);
  });

  it('are answered only by moderators', async () => {
    await offer();
    await expect(answer('accept', member)).rejects.toThrow(NotFound);
  });

  it('get the answer in their inbox', async () => {
    await offer();
    await answer('accept');
    expect(
      await world.make.all(
        'select about, accepted, words from member_answers where member_id = $1',
        [member.memberId],
      ),
    ).toEqual([{ about: 'supporter', accepted: true, words: 'Thank you.' }]);
  });

  it('are listed with pending offers first', async () => {
    await world.make.join('a-helper', 'here', 'supporter');
    await offer();
    const states = (await supporters.of(await here(moderator))).map(({ state }) => state);
    expect(states).toContain('asked');
    expect(states).toContain('active');
    expect(states).toEqual(
      [...states].sort((a, b) => Number(b === 'asked') - Number(a === 'asked')),
    );
  });

  it('go off duty for at most a year, and not in the past', async () => {
    await offer();
    await answer('accept');
    const off = async (days: number): Promise<void> =>
      supporters.setDuty(member, await here(), {
        capacity: 4,
        offDutyUntil: later(world.clock.now(), days * DAY)
          .toISOString()
          .slice(0, 10),
      });
    await off(10);
    expect(await settings()).toMatchObject({ capacity: 4 });
    await expect(off(-2)).rejects.toMatchObject({ key: 'belonging.error.until' });
    await expect(off(500)).rejects.toMatchObject({ key: 'belonging.error.until' });
  });

  it('keep their capacity during an offered break', async () => {
    await offer();
    await answer('accept');
    const until = later(world.clock.now(), 7 * DAY);
    await supporters.restUntil(member, await here(), until);
    expect(await settings()).toMatchObject({ capacity: 2, offDutyUntil: until });
  });

  it('are the only members who can go off duty', async () => {
    await expect(
      supporters.setDuty(member, await here(), { capacity: 1, offDutyUntil: '' }),
    ).rejects.toThrow(Forbidden);
  });

  it('stop whenever they like', async () => {
    await offer();
    await answer('accept');
    await supporters.stop(member, await here());
    expect(await role()).toBe('member');
    expect(await settings()).toBeNull();
  });
});
