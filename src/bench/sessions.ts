import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { sign } from '../kernel/ids.js';
import { SECRET } from './ground.js';

/** Signs one bulk member in and answers the cookie and a form's token. */
export async function signIn(
  url: string,
  base: string,
  thread: string,
): Promise<{ cookie: string; token: string; member: string }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const token = randomBytes(32).toString('base64url');
  const { rows } = await client.query<{ id: string }>(
    `
      select m.member_id as id
      from memberships m
      join threads t on t.community_id = m.community_id
      where t.id = $1
      order by m.member_id
      limit 1
    `,
    [thread],
  );
  const member = rows[0]?.id ?? '';
  await client.query(
    `
      insert into sessions (token_hash, member_id, expires_at)
      values ($1, $2, now() + interval '1 day')
    `,
    [createHash('sha256').update(token).digest(), member],
  );
  await client.query(
    `
      insert into guideline_acknowledgements (member_id, community_id, version)
      select $1, community_id, 1
      from memberships
      where member_id = $1
      on conflict
      do nothing
    `,
    [member],
  );
  await client.end();
  const html = await (
    await fetch(`${base}/t/${thread}`, { headers: { cookie: `session=${token}` } })
  ).text();
  return {
    cookie: `session=${token}`,
    token: /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '',
    member,
  };
}

/**
 * Sessions of two thousand members, each with a thread of a community of theirs and a form's token.
 */
export async function manyWriters(
  url: string,
  first: string,
): Promise<{ thread: string; cookie: string; token: string }[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ thread: string; member: string }>(
    `
      select distinct on (m.member_id) m.member_id::text as member, t.id::text as thread
      from memberships m
     join lateral (select id
       from threads t
       where t.community_id = m.community_id and t.id >= $1 and t.locked_at is null
       offset m.member_id % 50
       limit 1) t on true
     order by m.member_id
     limit 2000`,
    [first],
  );
  const made = rows.map(({ thread, member }) => ({
    thread,
    member,
    session: randomBytes(32).toString('base64url'),
  }));
  await client.query(
    `
      insert into sessions (token_hash, member_id, expires_at)
      select h, m, now() + interval '1 day'
      from unnest($1::bytea[], $2::bigint[]) as s(h, m)
    `,
    [
      made.map(({ session }) => createHash('sha256').update(session).digest()),
      made.map(({ member }) => member),
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
    [made.map(({ member }) => member)],
  );
  await client.end();
  return made.map(({ thread, session }) => {
    const plain = Buffer.from(sign(SECRET, 'csrf', session), 'base64url');
    // A mask of zeros: what the form would carry, without asking for two thousand pages.
    return {
      thread,
      cookie: `session=${session}`,
      token: Buffer.concat([Buffer.alloc(plain.length), plain]).toString('base64url'),
    };
  });
}
