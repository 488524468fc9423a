import type { Tx } from '../kernel/database.js';
import { executeIn } from '../kernel/sql.js';

/** Where posts go: the thread, and the number that the first of them gets. */
interface Destination {
  readonly threadId: string;
  readonly firstNumber: number;
}

/**
 * Moves posts to another thread, in the order given, with everything that belongs to a post: its
 * state, versions, reactions, cases, strategies and quotations stay with it. Each keeps its former
 * place, so that links to it still arrive; a post that comes back to a thread gets its old number
 * there. The caller has locked the posts and both threads.
 *
 * A name goes with its post. A member who writes under an alias keeps the same alias in the new
 * thread, so that neither their next post there names them, nor a post by name and one under an
 * alias are ever linked.
 */
export async function movePosts(tx: Tx, ids: readonly string[], to: Destination): Promise<void> {
  await copyAliases(tx, ids, to.threadId);
  await executeIn(
    tx,
    `
      insert into former_places (thread_id, number, post_id)
      select thread_id, number, id
      from posts
      where id = any(:ids::bigint[])
      on conflict
      do nothing
    `,
    { ids },
  );
  // Written again by the trigger of the posts, with the words of the title of the new thread.
  await executeIn(tx, 'delete from post_words where post_id = any(:ids::bigint[])', { ids });
  // A reference to a post that stays is dropped: a number means a post of the same thread.
  await executeIn(
    tx,
    `
      with moved as materialized (
        select p.id, p.thread_id, p.number,
          coalesce(h.number,
            :firstNumber - 1
              + row_number() over (partition by h.number is null order by w.place)) as place
        from unnest(:ids::bigint[]) with ordinality as w (id, place)
        join posts p on p.id = w.id
        left join former_places h on h.thread_id = :threadId and h.post_id = p.id
      )
      update posts p
      set thread_id = :threadId, number = m.place,
        reply_to_number = (select a.place
          from moved a
          where a.thread_id = m.thread_id and a.number = p.reply_to_number),
        alias_id = coalesce((select c.id
          from thread_aliases o
          join thread_aliases c on c.thread_id = :threadId
            and c.member_id = o.member_id
            and c.name = o.name
          where o.id = p.alias_id),
          p.alias_id),
        summary = p.summary
      from moved m
      where p.id = m.id
    `,
    { ids, threadId: to.threadId, firstNumber: to.firstNumber },
  );
  await executeIn(
    tx,
    'update notices set thread_id = :threadId where post_id = any(:ids::bigint[])',
    { ids, threadId: to.threadId },
  );
}

// Copies the name and the picture, for posts of the same person in both threads. If two aliases of
// one member move, the second stays an alias of its posts only.
async function copyAliases(tx: Tx, ids: readonly string[], threadId: string): Promise<void> {
  await executeIn(
    tx,
    `
      insert into thread_aliases (thread_id, member_id, name, avatar_seed)
      select :threadId, a.member_id, a.name, a.avatar_seed
      from thread_aliases a
      where a.member_id is not null
        and exists (select 1
          from posts p
          where p.id = any(:ids::bigint[]) and p.alias_id = a.id)
      order by a.id desc
      on conflict
      do nothing
    `,
    { ids, threadId },
  );
  // Who hides the alias hides it in both threads.
  await executeIn(
    tx,
    `
      insert into alias_blocks (member_id, alias_id)
      select b.member_id, c.id
      from posts p
      join thread_aliases o on o.id = p.alias_id
      join alias_blocks b on b.alias_id = o.id
      join thread_aliases c on c.thread_id = :threadId
        and c.member_id = o.member_id
        and c.name = o.name
      where p.id = any(:ids::bigint[])
      on conflict
      do nothing
    `,
    { ids, threadId },
  );
}

/**
 * Counts a thread again after posts came or left: its replies, its last post and its next number. A
 * thread in which nobody but its author wrote counts as unanswered; the opening of a merged thread
 * asks for an answer itself, and is none.
 */
export async function recountThread(tx: Tx, threadId: string): Promise<void> {
  await executeIn(
    tx,
    `
      update threads t
      set reply_count = case when c.others then c.replies else 0 end, last_post_at = c.last,
        next_number = greatest(t.next_number, c.highest + 1)
      from (select
          (count(*) filter (where p.status = 'published' and p.number > 1))::int as replies,
          coalesce(bool_or(p.status = 'published'
            and (p.alias_id is distinct from o.alias_id
              or p.author_id is distinct from o.author_id)
            and not exists (select 1
              from former_places f
              join threads s on s.id = f.thread_id
              where f.post_id = p.id
                and f.number = 1
                and s.merged_into = p.thread_id
                and s.split_from is distinct from p.thread_id)),
            false) as others,
          coalesce(max(p.created_at) filter (where p.status = 'published'), min(o.created_at))
            as last,
          max(p.number) as highest
        from posts p
        join posts o on o.thread_id = p.thread_id and o.number = 1
        where p.thread_id = :threadId) c
      where t.id = :threadId
    `,
    { threadId },
  );
  // An update is what the author of the thread says, under the same name.
  await executeIn(
    tx,
    `
      update posts p
      set is_update = false
      from posts o
      where o.thread_id = :threadId
        and o.number = 1
        and p.thread_id = :threadId
        and p.is_update
        and (p.number = 1
          or p.alias_id is distinct from o.alias_id
          or p.author_id is distinct from o.author_id)
    `,
    { threadId },
  );
}
