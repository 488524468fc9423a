import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HOUR } from '../../kernel/clock.js';
import type { CaseTier } from '../../triage/risk.js';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { dueRank, compareCases, priorityBand, type Waiting } from './case-order.js';
import { openCases } from '../queue/queue.queries.js';

const TIERS: CaseTier[] = ['crisis', 'urgent', 'watch', 'unknown', 'none'];
const TARGET = { crisis: 1 / 6, urgent: 1, watch: 12, unknown: 12, none: 24 } as const;

/** One case of each tier with a report of immediate danger. */
const DANGER: Record<number, string[]> = {
  10: ['concern.danger-now'],
  21: ['concern.danger-now'],
  32: ['author.need-now'],
  43: ['concern.danger-now'],
  54: ['concern.danger-now'],
};

describe('the order of the queue in SQL', () => {
  let db: TestDatabase;
  let now: Date;
  const cases: Waiting[] = [];

  beforeAll(async () => {
    db = await testDatabase();
    now = db.clock.now();
    await db.make.community({ slug: 'here' });
    const thread = await db.make.thread({ community: 'here' });
    // One reporter with three upheld reports, and one with none.
    for (const [handle, outcome] of [
      ['trusted-one', 'acted'],
      ['other-one', 'no-action'],
    ] as const) {
      for (let n = 0; n < 3; n += 1) {
        const id = await db.make.case({ post: await db.make.reply({ thread }) });
        await db.make.rows(
          `
            insert into reports (number, case_id, reporter_id, reason, snapshot, created_at,
              outcome, answered_at)
            values ($1, $2, $3, 'spam', '{}', now(), $4, now())
          `,
          [`R-${handle}${n}`, id, await db.make.member(handle), outcome],
        );
        await db.make.rows(
          `update review_cases set state = 'closed', closed_at = now() where id = $1`,
          [id],
        );
      }
    }
    for (let n = 0; n < 60; n += 1) {
      const tier = TIERS[n % 5] ?? 'watch';
      const target = TARGET[tier];
      const opened = (((n * 37) % 29) / 24) * target * 60;
      const id = await db.make.case({
        post: await db.make.reply({ thread }),
        tier,
        opened,
        due: target * 60 - opened,
        reasons: ['triage.watch', ...(DANGER[n] ?? [])],
      });
      const reporter = n % 7 === 0 ? 'trusted-one' : n % 7 === 1 ? 'other-one' : null;
      if (reporter !== null)
        await db.make.rows(
          `
            insert into reports (number, case_id, reporter_id, reason, snapshot, created_at)
            values ($1, $2, $3, 'spam', '{}', now())
          `,
          [`R-n${n}`, id, await db.make.member(reporter)],
        );
      const [row] = (await db.make.rows(
        'select opened_at as opened, due_at as due from review_cases where id = $1',
        [id],
      )) as [{ opened: Date; due: Date }];
      cases.push({
        id: Number(id),
        tier,
        danger: DANGER[n] !== undefined,
        openedAt: row.opened.getTime(),
        dueAt: row.due.getTime(),
        trusted: reporter === 'trusted-one',
      });
    }
  });
  afterAll(() => db.close());

  const page = (
    after: { band: number; rank: string; id: string },
    size: number,
    what = openCases.staff.all,
    viewerId = NOBODY,
  ): Promise<{ id: string; band: number; rank: string }[]> =>
    db.sql.rows(what, {
      viewerId,
      isStaff: true,
      now,
      seconds: now.getTime() / 1_000,
      tier: null,
      source: null,
      community: null,
      mine: false,
      overdue: false,
      band: after.band,
      rank: after.rank,
      id: after.id,
      limit: size,
    });
  const NOBODY = '999999';
  const START = { band: -1, rank: '-9223372036854775808', id: '0' };

  it('matches the function for every case', async () => {
    const rows = await page(START, 100);
    expect(rows).toHaveLength(60);
    const byId = new Map(cases.map((one) => [one.id, one]));
    for (const row of rows) {
      const one = byId.get(Number(row.id));
      if (one === undefined) throw new Error('a case nobody made');
      expect([row.id, row.band]).toEqual([row.id, priorityBand(one, now.getTime())]);
      expect(Math.abs(Number(row.rank) / 1_000 - dueRank(one))).toBeLessThan(5);
    }
    expect(new Set(rows.map((row) => row.band)).size).toBe(4);
    expect(rows.map(({ id }) => Number(id))).toEqual(
      [...cases].sort((a, b) => compareCases(a, b, now.getTime())).map(({ id }) => id),
    );
  });

  it('is the same for moderators, who see only their communities, and with no filter set', async () => {
    const all = await page(START, 100);
    const moderator = await db.make.member('keeper');
    for (const list of ['all', 'filtered'] as const) {
      expect(await page(START, 100, openCases.staff[list])).toEqual(all);
      expect(await page(START, 100, openCases.moderator[list], moderator)).toEqual([]);
    }
    await db.make.join('keeper', 'here', 'moderator');
    for (const list of ['all', 'filtered'] as const)
      expect(await page(START, 100, openCases.moderator[list], moderator)).toEqual(all);
  });

  it('starts with every crisis and immediate danger, regardless of tier and overdue cases', async () => {
    await db.make.rows(
      `
        update review_cases
        set due_at = $1::timestamptz - interval '3 days',
          opened_at = $1::timestamptz - interval '4 days'
        where tier <> 'crisis' and id <> all($2)
      `,
      [now, cases.filter(({ danger }) => danger).map(({ id }) => id)],
    );
    const first = cases
      .filter(({ tier, danger }) => tier === 'crisis' || danger)
      .map(({ id }) => id);
    expect(first.length).toBe(12 + 4);
    const rows = await page(START, 100);
    expect(
      rows
        .slice(0, first.length)
        .map(({ id }) => Number(id))
        .sort((a, b) => a - b),
    ).toEqual(first.sort((a, b) => a - b));
  });

  it('continues from a cursor without gaps or duplicates', async () => {
    const seen: string[] = [];
    let after = START;
    for (;;) {
      const rows = await page(after, 7);
      seen.push(...rows.map(({ id }) => id));
      const last = rows.at(-1);
      if (last === undefined || rows.length < 7) break;
      after = last;
    }
    expect(seen).toHaveLength(60);
    expect(new Set(seen).size).toBe(60);
  });

  it('moves up aged cases, and slightly those of trusted reporters', () => {
    const start = 1_000_000;
    const one = (tier: CaseTier, hours: number, trusted = false, danger = false): Waiting => ({
      id: 1,
      tier,
      danger,
      openedAt: start,
      dueAt: start + hours * HOUR,
      trusted,
    });
    expect(priorityBand(one('watch', 12), start + 5 * HOUR)).toBe(2);
    expect(priorityBand(one('watch', 12), start + 6 * HOUR)).toBe(1);
    expect(priorityBand(one('none', 24), start + 23 * HOUR)).toBe(2);
    expect(priorityBand(one('crisis', 1), start)).toBe(0);
    for (const tier of TIERS) expect(priorityBand(one(tier, 12, false, true), start)).toBe(0);
    expect(dueRank(one('watch', 10, true))).toBeLessThan(dueRank(one('watch', 10)));
  });
});
