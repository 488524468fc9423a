import { statement } from '../../kernel/sql.js';

/** The author of a thread, and its opening. */
export interface AuthorToAsk {
  memberId: string;
  postId: string;
}

/**
 * Authors to ask how things are now: of a thread some weeks old in which others replied, without an
 * update or newer post of theirs. One thread per member, and no thread twice.
 *
 * Excludes authors with a recent crisis: in the thread, or in anything they wrote or that was about
 * them since `calmSince`. Also excludes those on a break, limited, no longer in the community, who
 * muted the thread, or who opted out.
 */
export const authorsToAsk = statement<
  { from: Date; to: Date; quietSince: Date; calmSince: Date; askedSince: Date; now: Date },
  AuthorToAsk
>(
  'notifications.authors-to-ask',
  `
    select distinct on (o.author_id) o.author_id as "memberId", o.id as "postId"
    from threads t
    join posts o on o.thread_id = t.id and o.number = 1 and o.status = 'published'
    join communities c on c.id = t.community_id and c.archived_at is null
    join members m on m.id = o.author_id
      and m.closed_at is null
      and m.closing_at is null
      and m.memorial_at is null
      and (m.break_until is null or m.break_until <= :now)
      and (m.suspended_until is null or m.suspended_until <= :now)
      and (m.read_only_until is null or m.read_only_until <= :now)
    join memberships s on s.community_id = c.id and s.member_id = m.id and s.state = 'active'
    left join mail_settings w on w.member_id = m.id
    where t.created_at between :from and :to
      and t.status = 'published'
      and t.kind in ('support', 'question')
      and t.locked_at is null
      and t.pinned_at is null
      and t.reply_count > 0
      and not o.name_detached
      and coalesce(w.ask_how_it_is, true)
      and exists (select 1
        from posts p
        where p.thread_id = t.id
          and p.status = 'published'
          and p.author_id is distinct from o.author_id)
      and not exists (select 1
        from posts p
        where p.thread_id = t.id
          and (p.tier in ('urgent', 'crisis')
            or p.author_id = o.author_id
            and (p.is_update or p.number > 1 and p.created_at > :quietSince)))
      and not exists (select 1
        from posts p
        where p.author_id = m.id
          and p.tier in ('urgent', 'crisis')
          and p.created_at > :calmSince)
      and not exists (select 1
        from review_cases r
        left join posts p on p.id = r.post_id
        where (p.author_id = m.id or r.member_id = m.id or p.thread_id = t.id)
          and r.tier in ('urgent', 'crisis')
          and (r.closed_at is null or r.closed_at > :calmSince))
      and not exists (select 1
        from thread_follows f
        where f.thread_id = t.id and f.member_id = m.id and f.level = 'muted')
      and not exists (select 1 from prompt_threads pt where pt.thread_id = t.id)
      and not exists (select 1
        from notices n
        where n.member_id = m.id
          and n.kind = 'how-is-it-now'
          and (n.post_id = o.id or n.created_at > :askedSince))
    order by o.author_id, t.created_at, t.id
    limit 5000
  `,
);
