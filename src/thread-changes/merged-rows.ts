import type { Tx } from '../kernel/database.js';
import { executeIn } from '../kernel/sql.js';

interface MergedThreads {
  readonly from: string;
  readonly into: string;
  readonly reason: string;
}

/** Tables with one row for each thread and value of a column. */
const ONE_EACH = [
  ['thread_follows', 'member_id'],
  ['thread_saves', 'member_id'],
  ['folder_threads', 'folder_id'],
  ['askings', 'member_id'],
  ['rests_offered', 'member_id'],
  ['aftercare_notes', 'member_id'],
] as const;

/**
 * Makes one thread a stub that leads to another, and gives this what belongs to the first: its
 * followers, bookmarks, folders, drafts, notices and what the team wrote. Where both have something
 * for the same member, that of the thread that stays applies. The caller has locked both threads and
 * moved the posts.
 */
export async function mergeThreadRows(tx: Tx, merged: MergedThreads): Promise<void> {
  const ids = { from: merged.from, into: merged.into };
  for (const [table, column] of ONE_EACH)
    await executeIn(
      tx,
      `
        update ${table} a
        set thread_id = :into
        where a.thread_id = :from
          and not exists (select 1
            from ${table} b
            where b.thread_id = :into and b.${column} = a.${column})
      `,
      ids,
    );
  for (const table of ['thread_follows', 'thread_saves', 'folder_threads'])
    await executeIn(tx, `delete from ${table} where thread_id = :from`, { from: merged.from });
  for (const table of ['imported_threads', 'notices'])
    await executeIn(tx, `update ${table} set thread_id = :into where thread_id = :from`, ids);
  await executeIn(
    tx,
    'update communities set orientation_thread_id = :into where orientation_thread_id = :from',
    ids,
  );
  await mergeUpdates(tx, ids);
  await mergeDrafts(tx, ids);
  await mergeSettings(tx, ids);
  await makeStub(tx, merged);
}

// What the team wrote after a crisis in either thread stays readable, as far as there is room.
async function mergeUpdates(tx: Tx, ids: { from: string; into: string }): Promise<void> {
  await executeIn(
    tx,
    `
      insert into thread_updates as u (thread_id, body, author_agreed, written_by, created_at)
      select :into, body, author_agreed, written_by, created_at
      from thread_updates
      where thread_id = :from
      on conflict (thread_id)
      do update set body = concat_ws(' ', nullif(u.body, ''), nullif(excluded.body, '')),
        author_agreed = u.author_agreed or excluded.author_agreed
      where length(u.body) + length(excluded.body) < 600
    `,
    ids,
  );
}

// A member who has a draft for both finds them beside each other, as if written in two windows.
async function mergeDrafts(tx: Tx, ids: { from: string; into: string }): Promise<void> {
  await executeIn(
    tx,
    `
      with gone as (
        delete from drafts
        where place = '/t/' || :from || '/replies'
        returning *
      )
      insert into drafts as d (member_id, place, fields, updated_at, version, form_key, others)
      select member_id, '/t/' || :into || '/replies', fields, updated_at, version, form_key, others
      from gone
      on conflict (member_id, place)
      do update set version = d.version + 1,
        others = d.others || excluded.others
          || jsonb_build_object(coalesce(nullif(excluded.form_key, ''), excluded.place),
            excluded.fields)
    `,
    ids,
  );
}

// A lock or slow mode of either applies to both, and so does a promise about search engines.
async function mergeSettings(tx: Tx, ids: { from: string; into: string }): Promise<void> {
  await executeIn(
    tx,
    `
      update threads t
      set locked_at = least(t.locked_at, n.locked_at), locked_until = case
          when t.locked_at is null then n.locked_until
          when n.locked_at is null then t.locked_until
          when t.locked_until is null or n.locked_until is null then null
          else greatest(t.locked_until, n.locked_until) end,
        slow_minutes = greatest(t.slow_minutes, n.slow_minutes),
        unindexed = t.unindexed or n.unindexed
      from threads n
      where t.id = :into and n.id = :from
    `,
    ids,
  );
}

async function makeStub(tx: Tx, { from, into, reason }: MergedThreads): Promise<void> {
  await executeIn(
    tx,
    `
      update threads
      set status = 'merged', merged_into = :into, change_reason = :reason, reply_count = 0,
        pinned_at = null, locked_at = null, locked_until = null
      where id = :from
    `,
    { from, into, reason },
  );
  // What led to the stub leads to its posts without a detour.
  await executeIn(tx, 'update threads set merged_into = :into where merged_into = :from', {
    from,
    into,
  });
  await executeIn(
    tx,
    `
      update communities c
      set thread_count = greatest(0, c.thread_count - 1)
      from threads t
      where t.id = :from and c.id = t.community_id
    `,
    { from },
  );
}
