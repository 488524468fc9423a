import { Injectable } from '@nestjs/common';
import { mentionsIn } from '../content/markdown.js';
import { mentionLinkPattern } from '../content/mentions.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { executeIn, getIn, queryIn } from '../kernel/sql.js';

/** Maximum number of members that one post can mention. */
export const MAX_MENTIONS_PER_POST = 5;
/** Maximum number of mentions per author and day. */
export const MAX_MENTIONS_PER_DAY = 20;

/** A text with the members whom it mentions. */
export interface Mentioning {
  readonly communityId: string;
  readonly authorId: string;
  /** Null for a post under the handle. */
  readonly aliasId: string | null;
  readonly body: string;
  /** Id of an edited post; its existing mentions do not count again. */
  readonly postId?: string;
}

export interface MentionedMember {
  id: string;
  handle: string;
}

/**
 * Mentions of members by `@handle`. Only members who belong to the community and have posted there
 * publicly under their handle can be mentioned, so that a link reveals nothing new; aliases cannot.
 * Any other handle stays plain text, so that a mention never reveals whether it exists.
 *
 * Whether a handle becomes a link depends on neither the members who hide the author nor, under an
 * alias, on the author: a missing link would tell people that they are hidden, or whose alias it is.
 * Members are not notified of mentions by people whom they hide, or by themselves.
 */
@Injectable()
export class PostMentions {
  constructor(private readonly clock: Clock) {}

  /** @returns the members mentioned, in text order; empty if the policy is off */
  async find(tx: Tx, text: Mentioning): Promise<MentionedMember[]> {
    const handles = mentionsIn(text.body);
    if (handles.length === 0) return [];
    const { authorId, aliasId, communityId } = text;
    return queryIn<MentionedMember>(
      tx,
      `
        select m.id, m.handle::text
        from unnest(:handles::text[]) with ordinality as h (handle, position)
        join members m on m.handle = h.handle::citext
          and m.closed_at is null
          and m.memorial_at is null
        join communities c on c.id = :communityId and c.mentions_allowed
        join memberships s on s.community_id = c.id
          and s.member_id = m.id
          and s.state = 'active'
        where (m.id <> :authorId or :aliasId::bigint is not null)
          and exists (select 1
            from posts p
            join threads t on t.id = p.thread_id
            where p.author_id = m.id
              and t.community_id = c.id
              and p.alias_id is null
              and not p.name_detached
              and p.status = 'published'
              and t.status = 'published')
        order by h.position
        limit least(:most::int, greatest(0, :mostADay::int - (select count(*)::int
          from post_mentions x
          join posts w on w.id = x.post_id
          where w.author_id = :authorId
            and x.created_at > :since
            and x.post_id is distinct from :postId)))
      `,
      {
        handles,
        communityId,
        authorId,
        aliasId,
        postId: text.postId ?? null,
        most: MAX_MENTIONS_PER_POST,
        mostADay: MAX_MENTIONS_PER_DAY,
        since: later(this.clock.now(), -DAY),
      },
    );
  }

  /** Replaces the recorded mentions of a post. */
  async record(tx: Tx, postId: string, members: readonly MentionedMember[]): Promise<void> {
    const memberIds = members.map(({ id }) => id);
    await executeIn(
      tx,
      `
        delete from post_mentions
        where post_id = :postId and not member_id = any(:memberIds::bigint[])
      `,
      { postId, memberIds },
    );
    if (memberIds.length === 0) return;
    await executeIn(
      tx,
      `
        insert into post_mentions (post_id, member_id, created_at)
        select :postId, id, :now
        from unnest(:memberIds::bigint[]) as id
        order by id
        on conflict do nothing
      `,
      { postId, memberIds, now: this.clock.now() },
    );
  }

  /**
   * Turns every mention of a member whose account closes into plain text, because others may take
   * the handle.
   */
  async unlinkAll(tx: Tx, memberId: string): Promise<void> {
    const { handle } = await getIn<{ handle: string }>(
      tx,
      'select handle::text from members where id = :memberId',
      { memberId },
    );
    await executeIn(
      tx,
      `
        update posts
        set body_html = regexp_replace(body_html, :pattern, '\\1', 'gi')
        where id in (select post_id from post_mentions where member_id = :memberId)
      `,
      { memberId, pattern: mentionLinkPattern(handle) },
    );
    await executeIn(tx, 'delete from post_mentions where member_id = :memberId', { memberId });
  }
}

/** @returns the handles that become links, by their lower-case form */
export function linkedHandles(members: readonly MentionedMember[]): ReadonlyMap<string, string> {
  return new Map(members.map(({ handle }) => [handle.toLowerCase(), handle]));
}
