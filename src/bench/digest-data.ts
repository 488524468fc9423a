import type pg from 'pg';

/** Prepares the data shared by all runs. @returns the number of members */
export async function prepareDigests(client: pg.Client, wished: number): Promise<number> {
  const { rows } = await client.query<{ count: number; newest: Date }>(
    `
      select (select count(*) from members where email is not null)::int as count,
        (select max(created_at) from threads) as newest
    `,
  );
  const count = Math.min(wished, rows[0]?.count ?? 0);
  // Bulk data ends some time ago; shifts its last week to the current one.
  await client.query(
    `
      update threads
      set created_at = created_at + (now() - $1::timestamptz)
      where created_at > $1::timestamptz - interval '30 days' and $1 < now() - interval '1 day'
    `,
    [rows[0]?.newest],
  );
  await client.query(
    `insert into mail_settings (member_id) select id from members on conflict do nothing`,
  );
  await client.query(
    `update members set mail_safe = 'yes', mail_safe_at = now() where mail_safe is null`,
  );
  await client.query(
    `
      insert into mail_choices (member_id, kind, frequency)
      select id, 'reply', 'weekly'
      from members
      on conflict
      do nothing
    `,
  );
  await client.query(
    `insert into notices (member_id, kind, thread_id, post_id, created_at)
     select m.id, 'reply-to-thread', p.thread_id, p.id, now() - interval '1 day'
     from (select id, row_number() over (order by id) as n from members) m
     join (select id, thread_id, row_number() over (order by id) - 1 as n
       from (select id, thread_id
         from posts
         where number > 1
         order by id desc
         limit 5000) r) p on p.n in (m.n % 5000,
         (m.n * 7 + 1) % 5000)
     on conflict do nothing`,
  );
  await client.query('vacuum analyze members, mail_settings, mail_choices, notices, threads');
  return count;
}
