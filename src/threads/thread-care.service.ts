import { Injectable } from '@nestjs/common';
import { searchable } from '../content/visibility.js';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { FieldError } from '../kernel/errors.js';
import { queryIn, executeIn } from '../kernel/sql.js';

/** The state of a thread that a decision changes and that reversing the decision restores. */
export interface ThreadState {
  readonly communityId: string;
  readonly locked: boolean;
}

/** From the widest audience to the narrowest. */
const BY_AUDIENCE = `array['public', 'members', 'approval', 'unlisted']`;

/** Moderators' changes to a thread, in the transaction of a decision. */
@Injectable()
export class ThreadCare {
  constructor(private readonly clock: Clock) {}

  /**
   * Locks the row until the end of the transaction.
   * @returns null if the thread does not exist, or its posts were merged into another one
   */
  async before(tx: Tx, threadId: string): Promise<ThreadState | null> {
    const [row] = await queryIn<ThreadState>(
      tx,
      `
        select community_id as "communityId", locked_at is not null as locked
        from threads
        where id = :threadId and merged_into is null
        for update
      `,
      { threadId },
    );
    return row ?? null;
  }

  async lock(tx: Tx, threadId: string, locked: boolean): Promise<void> {
    await executeIn(
      tx,
      `
        update threads
        set locked_at = case when :locked then coalesce(locked_at, :now) end, locked_until = null
        where id = :threadId
      `,
      { threadId, locked, now: this.clock.now() },
    );
  }

  /**
   * Finds the community to move a thread to. It may not be open to more people than the one in which
   * the thread was written, and everybody who wrote in it must be able to read it there.
   * @param actorId who moves it
   * @returns its id
   * @throws FieldError if it does not exist, is archived, or has other readers
   */
  async communityOf(tx: Tx, slug: string, threadId: string, actorId: string): Promise<string> {
    const [row] = await queryIn<{ id: string; wider: boolean; lost: boolean }>(
      tx,
      `
        select c.id,
          array_position(${BY_AUDIENCE}, c.visibility)
            < array_position(${BY_AUDIENCE}, o.visibility) as wider,
          c.visibility <> 'public'
            and exists (select 1
              from posts p
              join members m on m.id = p.author_id and m.role = 'member'
              where p.thread_id = t.id
                and p.status <> 'withdrawn'
                and not exists (select 1
                  from memberships s
                  where s.community_id = c.id
                    and s.member_id = p.author_id
                    and s.state = 'active')) as lost
        from threads t
        join communities o on o.id = t.community_id
        join communities c on c.slug = :slug and c.archived_at is null
        where t.id = :threadId
          and (c.visibility <> 'unlisted'
            or exists (select 1
              from members m
              left join memberships s on s.member_id = m.id
                and s.community_id = c.id
                and s.state = 'active'
              where m.id = :actorId and (m.role <> 'member' or s.member_id is not null)))
      `,
      { slug, threadId, actorId },
    );
    if (row === undefined) throw new FieldError('community', 'moderation.error.community');
    if (row.wider) throw new FieldError('community', 'moderation.error.community-wider');
    if (row.lost) throw new FieldError('community', 'moderation.error.community-lost');
    return row.id;
  }

  /**
   * Moves a thread to another community and corrects the counts of both. Search engines still do not
   * list it if they did not before.
   * @param since what was written from then on was written for the community that it leaves: it
   *   stays for members only if that was not public
   */
  async move(tx: Tx, threadId: string, communityId: string, since?: Date): Promise<void> {
    const before = await this.before(tx, threadId);
    if (before === null || before.communityId === communityId) return;
    const moved = await queryIn<{ status: string; wasPublic: boolean }>(
      tx,
      `
        update threads t
        set community_id = :communityId, pinned_at = null, topic = null,
          unindexed = not ${searchable('o', 't')}
        from communities o
        where t.id = :threadId and o.id = t.community_id
        returning t.status, o.visibility = 'public' as "wasPublic"
      `,
      { threadId, communityId },
    );
    if (since !== undefined && moved[0]?.wasPublic === false)
      await executeIn(
        tx,
        `
          update posts
          set members_only = true
          where thread_id = :threadId and created_at >= :since and not members_only
        `,
        { threadId, since },
      );
    if (moved[0]?.status !== 'published') return;
    await executeIn(
      tx,
      'update communities set thread_count = greatest(0, thread_count - 1) where id = :communityId',
      { communityId: before.communityId },
    );
    await executeIn(
      tx,
      'update communities set thread_count = thread_count + 1 where id = :communityId',
      { communityId },
    );
  }

  /**
   * Hands the open cases about a moved thread over to the moderators of its community. To be called
   * after the case of the decision that moved it is closed.
   */
  async moveCases(tx: Tx, threadId: string, communityId: string): Promise<void> {
    await executeIn(
      tx,
      `
        update review_cases rc
        set community_id = :communityId, claimed_by = null, claimed_until = null
        from posts p
        where p.thread_id = :threadId
          and rc.post_id = p.id
          and rc.state = 'open'
          and rc.community_id is not null
      `,
      { threadId, communityId },
    );
  }
}
