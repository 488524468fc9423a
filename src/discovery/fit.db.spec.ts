import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { Fit, LEAST_MEMBERS, LEAST_SHARED, LEAST_THREADS } from './fit.service.js';

describe('what to expect of a community', () => {
  let db: TestDatabase;
  let fit: Fit;

  beforeAll(async () => {
    db = await testDatabase();
    fit = new Fit(db.database, db.clock);
    await db.make.community({ slug: 'large' });
    await db.make.community({ slug: 'twin' });
    await db.make.community({ slug: 'small' });
    for (let n = 0; n < LEAST_MEMBERS; n += 1) {
      await db.make.join(`member-${n}`, 'large');
      if (n < LEAST_SHARED) await db.make.join(`member-${n}`, 'small');
      await db.make.join(n < LEAST_SHARED ? `member-${n}` : `other-${n}`, 'twin');
    }
    for (let n = 0; n < LEAST_THREADS; n += 1) {
      for (const community of ['large', 'small']) {
        const thread = await db.make.thread({
          community,
          author: 'member-0',
          notes: n < 2 ? ['medication'] : n < 3 ? ['other'] : [],
        });
        await db.make.rows(
          `update threads set created_at = now() - interval '5 days', reply_wish = $2 where id = $1`,
          [thread, n < 6 ? 'listen' : 'advice'],
        );
        await db.make.reply({ thread, author: 'member-0', body: 'More from me.' });
        if (n < 8) await db.make.reply({ thread, author: 'member-1' });
        await db.make.rows(
          `
            update posts
            set created_at = now() - interval '5 days' + number * $2 * interval '1 hour'
            where thread_id = $1
          `,
          [thread, n < 7 ? 1 : 20],
        );
      }
    }
    await fit.compute();
  });
  afterAll(() => db.close());

  const rows = async (): Promise<Record<string, unknown>[]> =>
    (await db.make.rows(`
        select c.slug, f.threads, f.first_reply_minutes as minutes,
          f.answered_in_day::numeric(3, 2)::float as day, f.listen::numeric(3, 2)::float as listen,
          f.advice::numeric(3, 2)::float as advice, f.notes
      from community_fit f join communities c on c.id = f.community_id`)) as Record<
      string,
      unknown
    >[];

  it('counts first replies by others, reply preferences and usual notes', async () => {
    expect(await rows()).toEqual([
      {
        slug: 'large',
        threads: LEAST_THREADS,
        minutes: 180,
        day: 0.7,
        listen: 0.6,
        advice: 0.4,
        notes: ['medication', 'other'],
      },
    ]);
  });

  it('is idempotent, and is removed when a community becomes small', async () => {
    const before = await rows();
    await fit.compute();
    expect(await rows()).toEqual(before);
    await db.make.rows(`update communities set member_count = $1 where slug = 'large'`, [
      LEAST_MEMBERS - 1,
    ]);
    await fit.compute();
    expect(await rows()).toEqual([]);
    await db.make.rows(`update communities set member_count = $1 where slug = 'large'`, [
      LEAST_MEMBERS,
    ]);
    await fit.compute();
  });

  it('requires enough shared members and a minimum size for neighbours', async () => {
    const pairs = async (): Promise<unknown> =>
      db.make.rows(
        `
          select a.slug as one, b.slug as other, n.shared
          from community_neighbours n
          join communities a on a.id = n.community_id
          join communities b on b.id = n.other_id
          order by 1
        `,
      );
    expect(await pairs()).toEqual([
      { one: 'large', other: 'twin', shared: LEAST_SHARED },
      { one: 'twin', other: 'large', shared: LEAST_SHARED },
    ]);
    await db.make.rows(
      `
        delete
        from memberships
        where member_id = (select id from members where handle = 'member-0')
          and community_id = (select id from communities where slug = 'twin')
      `,
    );
    await fit.compute();
    expect(await pairs()).toEqual([]);
  });
});
