import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { sign } from '../kernel/ids.js';
import { SECRET } from './bench-database.js';

/** A logged-in member with a CSRF token. */
export interface Writer {
  /** A thread in a community to which the member belongs. */
  thread: string;
  member: string;
  cookie: string;
  token: string;
}

/** Logs in one member of a thread's community. */
export async function signIn(url: string, thread: string): Promise<Writer> {
  const [writer] = await signedIn(
    url,
    `
      select m.member_id::text as member, t.id::text as thread
      from memberships m
      join threads t on t.community_id = m.community_id
      where t.id = $1
      order by m.member_id
      limit 1
    `,
    [thread],
  );
  if (writer === undefined) throw new Error('nobody to sign in');
  return writer;
}

/** Logs in many members, each with an open thread of one of their communities. */
export function manyWriters(url: string, thread: string, most: number): Promise<Writer[]> {
  return signedIn(
    url,
    `
      select distinct on (m.member_id) m.member_id::text as member, t.id::text as thread
      from memberships m
      join lateral (
        select id
        from (
          select id, row_number() over () as place, count(*) over () as total
          from (
            select id
            from threads
            where community_id = m.community_id and id >= $1 and locked_at is null
            limit 50
          ) open
        ) numbered
        where place = 1 + m.member_id % total
      ) t on true
      order by m.member_id
      limit $2
    `,
    [thread, most],
  );
}

async function signedIn(url: string, text: string, values: unknown[]): Promise<Writer[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ thread: string; member: string }>(text, values);
  const sessions = rows.map((row) => ({ ...row, session: randomBytes(32).toString('base64url') }));
  await client.query(
    `
      insert into sessions (token_hash, member_id, expires_at)
      select h, m, now() + interval '1 day'
      from unnest($1::bytea[], $2::bigint[]) as s(h, m)
    `,
    [
      sessions.map(({ session }) => createHash('sha256').update(session).digest()),
      sessions.map(({ member }) => member),
    ],
  );
  await client.query(
    `
      insert into guideline_acknowledgements (member_id, community_id, version)
      select member_id, community_id, 1
      from memberships
      where member_id = any($1::bigint[])
      on conflict
      do nothing
    `,
    [sessions.map(({ member }) => member)],
  );
  await client.query('vacuum analyze sessions, guideline_acknowledgements');
  await client.end();
  return sessions.map(({ thread, member, session }) => {
    const plain = Buffer.from(sign(SECRET, 'csrf', session), 'base64url');
    // The CSRF token masked with zeros, which avoids loading a form for each member.
    const token = Buffer.concat([Buffer.alloc(plain.length), plain]).toString('base64url');
    return { thread, member, cookie: `session=${session}`, token };
  });
}
