import type pg from 'pg';

export interface BulkOptions {
  members: number;
  communities: number;
  threads: number;
  posts: number;
  seed: number;
}

export type Progress = (what: string, done: number, all: number) => void;

/** The highest ids before the bulk data, and the current hour in epoch milliseconds. */
export interface IdOffsets {
  member: number;
  community: number;
  thread: number;
  post: number;
  now: number;
}

export async function bases(client: pg.Client): Promise<IdOffsets> {
  const { rows } = await client.query<Record<string, string>>(
    `
      select (select coalesce(max(id), 0) from members) as member,
        (select coalesce(max(id), 0) from communities) as community,
            (select coalesce(max(id), 0) from threads) as thread,
              (select coalesce(max(id), 0) from posts) as post,
              extract(epoch from date_trunc('hour', now())) * 1000 as now`,
  );
  const row = rows[0] ?? {};
  return {
    member: Number(row.member),
    community: Number(row.community),
    thread: Number(row.thread),
    post: Number(row.post),
    now: Number(row.now),
  };
}
