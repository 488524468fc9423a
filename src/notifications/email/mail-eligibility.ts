import { blocked, isOwnHeldSql, notPaused, unwanted } from '../../content/visibility.js';
import { mailKindOf } from '../preferences/mail-choices.js';
import { NEVER_MAILED } from '../preferences/notice-kinds.js';

/** SQL expression: the mail kind of notice `n`. */
export const MAIL_KIND = mailKindOf('n.kind');

/**
 * SQL condition: member `m` may be emailed. The address is verified, email is safe, the member is
 * not on a break, and the account is neither closed nor closing.
 * @param now parameter with the current time
 */
export function isReachableSql(now: string): string {
  return `
    m.email is not null
      and m.email_verified_at is not null
      and m.mail_safe is distinct from 'no'
      and ${isAvailableSql(now)}
  `;
}

/**
 * SQL condition: member `m` is not on a break, and the account is neither closed nor closing.
 * @param now parameter with the current time
 */
export function isAvailableSql(now: string): string {
  return `
    m.closed_at is null
      and m.closing_at is null
      and (m.break_until is null or m.break_until < ${now})
  `;
}

/** SQL joins: the post of notice `n`. */
export const POST_JOINS = `
  left join posts p on p.id = n.post_id
  left join threads t on t.id = n.thread_id
  left join communities c on c.id = t.community_id
`;

/** SQL joins: the post of notice `n` and its recipient `m`. */
export const NOTICE_JOINS = `
  join members m on m.id = n.member_id
  ${POST_JOINS}
`;

/**
 * SQL condition: member `m` may be emailed about notice `n`. Its post is published and readable for
 * the member, nothing is muted or blocked, and the post is not urgent unless it is a reply to the
 * member's own post. As in `inAudience`, a suspension ends access to members-only posts, in public
 * communities too.
 */
export const NOTIFIABLE = `
  (n.kind not in (${NEVER_MAILED.map((kind) => `'${kind}'`).join(', ')})
    and (n.post_id is null
      or p.author_id = m.id
      or (p.status = 'published'
        and (t.status = 'published' or ${isOwnHeldSql('t', 'm.id')})
        and not ${blocked('p', 'm.id')}
        and not ${unwanted('p', 't', 'm.id')}
        and ${notPaused('c', 'm.id')}
    and (${MAIL_KIND} = 'reply' or p.tier not in ('urgent', 'crisis'))
    and (c.visibility = 'public'
      and not exists (select 1
        from posts lp
        where lp.thread_id = t.id and lp.number in (1, p.number) and lp.members_only)
      or coalesce(m.suspended_until <= now(), true)
        and (m.role <> 'member'
          or exists (select 1
            from memberships s
            where s.community_id = c.id and s.member_id = m.id and s.state = 'active')))
    and not exists (select 1
      from thread_follows x
      where x.thread_id = t.id and x.member_id = m.id and x.level = 'muted'))))`;
