import pg from 'pg';
import { WebProcessPair } from './comparison.js';
import type { BenchDatabase } from './bench-database.js';
import type { Report } from './report.js';
import { signIn } from './sessions.js';

const CASES = 300;
const NOTICES = 60;

/** Daily pages of members and moderators: the inbox, and a queue of 300 cases. */
export async function desksBench(database: BenchDatabase, report: Report): Promise<void> {
  const { url, first } = database;
  const { cookie, member } = await signIn(url, first);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `
      insert into notices (member_id, kind, thread_id, post_id, created_at)
      select $1, 'reply-to-thread', thread_id, id, now() - id % 1000 * interval '1 minute'
      from posts
      where number > 1
      order by id desc
      limit ${NOTICES}
    `,
    [member],
  );
  await client.query(`
    insert into review_cases (kind, post_id, community_id, tier, due_at, opened_at)
    select 'post', p.id, t.community_id,
      (array['none', 'watch', 'watch', 'urgent'])[1 + p.id % 4],
      now() + p.id % 600 * interval '1 minute', now() - p.id % 300 * interval '1 minute'
    from posts p
    join threads t on t.id = p.thread_id
    where p.number > 1
    order by p.id desc
    limit ${CASES}
  `);
  await client.query(
    `update members set role = 'moderator', second_factor_by = now() + interval '1 day' where id = $1`,
    [member],
  );
  await client.query('vacuum analyze notices, review_cases, members');
  await client.end();
  const webs = await WebProcessPair.start(database, report);
  try {
    await webs.compare({
      what: `inbox of ${NOTICES} notices`,
      requests: [{ path: '/notifications', cookie }],
      goal: '≥ 3 × against',
    });
    await webs.compare({
      what: `queue of ${CASES} cases`,
      requests: [{ path: '/mod', cookie }],
      goal: '≥ 3 × against',
    });
  } finally {
    await webs.stop();
  }
}
