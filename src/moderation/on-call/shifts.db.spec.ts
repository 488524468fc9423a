import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { moderatorOf, viewerOf } from '../../../test/support/moderation.js';
import type { Viewer } from '../../http/viewer.js';
import { later, HOUR } from '../../kernel/clock.js';
import { FieldError, NotFound } from '../../kernel/errors.js';
import { Exposures } from '../core/exposure.service.js';
import type { ShiftForm } from './shifts.dto.js';
import { Shifts } from './shifts.service.js';

const ZONE = 'UTC';

describe('shifts', () => {
  let world: TestDatabase;
  let shifts: Shifts;
  let one: Viewer;
  let other: Viewer;
  let stranger: Viewer;
  let staff: Viewer;
  let tomorrow: string;

  beforeAll(async () => {
    world = await testDatabase();
    world.clock.freeze();
    shifts = new Shifts(world.database, world.sql, world.clock, new Exposures(world.sql));
    await world.make.community({ slug: 'here' });
    await world.make.community({ slug: 'elsewhere' });
    one = await moderatorOf(world.make, 'here', 'one');
    other = await moderatorOf(world.make, 'here', 'other');
    stranger = await moderatorOf(world.make, 'elsewhere', 'stranger');
    staff = viewerOf(await world.make.member('staff', { role: 'moderator' }), 'moderator');
    tomorrow = later(world.clock.now(), 24 * HOUR)
      .toISOString()
      .slice(0, 10);
  });
  afterAll(() => world.close());
  beforeEach(() => world.make.rows('delete from shifts'));

  const form = (change: Partial<ShiftForm> = {}): ShiftForm => ({
    member: '',
    duty: 'primary',
    day: tomorrow,
    from: '09:00',
    to: '12:00',
    ...change,
  });
  const enter = (viewer: Viewer, change: Partial<ShiftForm> = {}): Promise<void> =>
    shifts.enter(viewer, form(change), ZONE);
  const handles = async (viewer: Viewer): Promise<string[]> =>
    (await shifts.calendar(viewer, tomorrow, ZONE)).shifts.map(({ handle }) => handle);
  const ids = (): Promise<{ id: string }[]> => world.make.all('select id from shifts order by id');
  const onShiftNow = (memberId: string, duty: string): Promise<unknown> =>
    world.make.rows(
      `
        insert into shifts (member_id, duty, starts_at, ends_at, entered_by, created_at)
        values ($1, $2, $3::timestamptz - interval '1 hour', $3::timestamptz + interval '1 hour',
          $1, $3)
      `,
      [memberId, duty, world.clock.now()],
    );

  it('are entered for oneself, and visible to moderators of the same community', async () => {
    await enter(one);
    expect(await handles(other)).toEqual(['one']);
    expect(await handles(stranger)).toEqual([]);
    expect(await handles(staff)).toEqual(['one']);
  });

  it('are created once if submitted twice', async () => {
    await enter(one);
    await enter(one);
    expect(await ids()).toHaveLength(1);
  });

  it('must not overlap for the same person', async () => {
    await enter(one);
    await expect(enter(one, { from: '11:00', to: '13:00' })).rejects.toThrow(FieldError);
    await enter(one, { from: '12:00', to: '13:00' });
    expect(await ids()).toHaveLength(2);
  });

  it('are entered for others only by staff', async () => {
    await expect(enter(one, { member: '@other' })).rejects.toMatchObject({
      key: 'moderation.error.shift-others',
    });
    await enter(staff, { member: '@other' });
    expect(await handles(other)).toEqual(['other']);
  });

  it('are rejected for a member who moderates nothing', async () => {
    await world.make.member('nobody-special');
    await expect(enter(staff, { member: 'nobody-special' })).rejects.toMatchObject({
      key: 'moderation.error.shift-nobody',
    });
  });

  it('are rejected in the past or on an invalid day', async () => {
    await expect(enter(one, { day: '2020-01-01' })).rejects.toMatchObject({
      key: 'moderation.error.shift-over',
    });
    await expect(enter(one, { day: '2099-02-30' })).rejects.toMatchObject({
      key: 'moderation.error.shift-day',
    });
  });

  it('are rejected if they end when they begin', async () => {
    await expect(enter(one, { from: '09:00', to: '09:00' })).rejects.toMatchObject({
      field: 'to',
      key: 'moderation.error.shift-empty',
    });
  });

  it('are removed by their owner or staff', async () => {
    await enter(one);
    await enter(one, { from: '13:00', to: '14:00' });
    const [first, second] = await ids();
    await expect(shifts.remove(other, first?.id ?? '')).rejects.toThrow(NotFound);
    await shifts.remove(one, first?.id ?? '');
    await shifts.remove(staff, second?.id ?? '');
    expect(await ids()).toEqual([]);
  });

  it('report the current lead', async () => {
    await onShiftNow(one.memberId, 'lead');
    await onShiftNow(other.memberId, 'primary');
    expect(await shifts.leads(one)).toBe(true);
    expect(await shifts.leads(other)).toBe(false);
  });

  it('show others’ limits only to the lead and staff', async () => {
    await onShiftNow(one.memberId, 'lead');
    await onShiftNow(other.memberId, 'primary');
    const team = async (viewer: Viewer): Promise<string[] | undefined> =>
      (await shifts.calendar(viewer, undefined, ZONE)).team?.people.map(({ handle }) => handle);
    expect(await team(one)).toEqual(['other']);
    expect(await team(staff)).toEqual(['one', 'other']);
    expect(await team(other)).toBeUndefined();
  });

  it('end with a handover note, shown for a day', async () => {
    await shifts.handOver(one, 'All is quiet.');
    await shifts.handOver(one, 'All is quiet.');
    const notes = async (): Promise<string[]> =>
      (await shifts.handovers(other)).map(({ body }) => body);
    expect(await notes()).toEqual(['All is quiet.']);
    expect(await shifts.handovers(one)).toEqual([]);
    world.clock.move(25 * HOUR);
    expect(await notes()).toEqual([]);
    world.clock.move(-25 * HOUR);
  });
});
