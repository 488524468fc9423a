import { titleFor } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';

export type Row = Record<string, unknown>;

export interface MemberParams {
  memberId: string;
}

/** An account and its posts, one statement for each part of the export. */
export const accountParts = {
  account: statement<MemberParams, Row>(
    'own-data.account',
    `
      select handle::text, email::text, email_verified_at as "emailVerifiedAt", about,
        about_audience as "aboutFor", since_audience as "joinedAtFor", role,
        locale as language, country, time_zone as "timeZone", created_at as "joinedAt",
        age_confirmed_at as "ageConfirmedAt",
            guidelines_accepted_at as "guidelinesAcceptedAt", mail_safe as "mailSafe",
              break_until as "breakUntil", suspended_until as "suspendedUntil",
              read_only_until as "readOnlyUntil", closing_at as "closesAt"
     from members where id = :memberId`,
  ),
  sessions: statement<MemberParams, Row>(
    'own-data.sessions',
    `
      select device, created_at as "since", last_seen_at as "lastSeen"
      from sessions
      where member_id = :memberId
      order by id
    `,
  ),
  devices: statement<MemberParams, Row>(
    'own-data.devices',
    `select created_at as "lastLogIn", expires_at as "knownUntil"
     from known_devices
     where member_id = :memberId
     order by created_at`,
  ),
  memberships: statement<MemberParams, Row>(
    'own-data.memberships',
    `
      select c.slug, c.name, m.role, m.state, m.note, m.joined_at as "joinedAt"
      from memberships m
      join communities c on c.id = m.community_id
      where m.member_id = :memberId
      order by m.joined_at, c.id
    `,
  ),
  posts: statement<MemberParams, Row>(
    'own-data.posts',
    `
      select '/t/' || p.thread_id || '#post-' || p.number as place, c.name as community,
        ${titleFor('t', 'c', ':memberId')} as thread, p.number, p.created_at as "writtenAt",
        (select string_agg(s.title, ' / ' order by s.id)
          from former_places f
          join threads s on s.id = f.thread_id and s.merged_into is not null
          where f.post_id = p.id and f.number = 1) as "mergedThread",
        p.edited_at as "editedAt", p.withdrawn_at as "takenBackAt", p.status,
            coalesce(a.name, case
              when p.name_detached then ''
              else m.handle::text end) as "writtenAs",
              p.body, p.summary, p.ending, p.is_update as "isUpdate", p.language,
              p.content_warnings as "contentWarnings",
            (select coalesce(json_agg(json_build_object('version', v.version, 'title', v.title,
              'body', v.body,
              'until', v.replaced_at)
              order by v.version),
              '[]')
              from post_versions v
              where v.post_id = p.id) as "earlierWordings",
            (select json_build_object('question', l.question, 'several', l.several, 'closesAt',
                l.closes_at, 'options',
                (select json_agg(o.text order by o.position)
                  from poll_options o
                  where o.poll_id = l.id))
              from polls l
              where l.thread_id = p.thread_id and p.number = 1) as poll,
            (select coalesce(json_agg('/t/' || x.thread_id || '#post-' || x.number
              order by q.position),
              '[]')
              from post_quotes q
              join posts x on x.id = q.quoted_post_id
              where q.post_id = p.id) as quotes
     from posts p
     join threads t on t.id = p.thread_id
     join communities c on c.id = t.community_id
     join members m on m.id = p.author_id
     left join thread_aliases a on a.id = p.alias_id
     where p.author_id = :memberId order by p.id`,
  ),
  drafts: statement<MemberParams, Row>(
    'own-data.drafts',
    `
      select place, fields, updated_at as "keptAt"
      from drafts
      where member_id = :memberId
      order by updated_at
    `,
  ),
  reactions: statement<MemberParams, Row>(
    'own-data.reactions',
    `
      select r.kind, '/t/' || p.thread_id || '#post-' || p.number as place, r.created_at as at
      from reactions r
      join posts p on p.id = r.post_id
      where r.member_id = :memberId
      order by r.created_at
    `,
  ),
  reports: statement<MemberParams, Row>(
    'own-data.reports',
    `
      select number, reason, note, outcome, created_at as "sentAt", answered_at as "answeredAt"
      from reports
      where reporter_id = :memberId
      order by id
    `,
  ),
  decisions: statement<MemberParams, Row>(
    'own-data.decisions',
    `
      select d.number, d.action, d.rule, d.reason, d.created_at as "madeAt", d.ends_at as "endsAt",
        d.reversed_at as "takenBackAt"
      from decisions d
      where d.member_id = :memberId and coalesce((d.detail->>'told')::boolean, false)
      order by d.id
    `,
  ),
  notices: statement<MemberParams, Row>(
    'own-data.notices',
    `
      select kind, '/t/' || thread_id as place, created_at as at, read_at as "readAt"
      from notices
      where member_id = :memberId
      order by id
    `,
  ),
  follows: statement<MemberParams, Row>(
    'own-data.follows',
    `
      select '/t/' || thread_id as place, level, created_at as since
      from thread_follows
      where member_id = :memberId
      order by created_at
    `,
  ),
  blocked: statement<MemberParams, Row>(
    'own-data.blocked',
    `
      select m.handle::text
      from blocks b
      join members m on m.id = b.blocked_id
      where b.member_id = :memberId
      order by b.created_at
    `,
  ),
  savedSearches: statement<MemberParams, Row>(
    'own-data.searches',
    `
      select to_jsonb(s) - 'member_id' as search
      from saved_searches s
      where s.member_id = :memberId
      order by s.id
    `,
  ),
  strategies: statement<MemberParams, Row>(
    'own-data.strategies',
    `
      select slug, name, summary, steps, status, credit as "creditedTo", created_at as "writtenAt"
      from coping_strategies
      where member_id = :memberId
      order by id
    `,
  ),
  mail: statement<MemberParams, Row>(
    'own-data.mail',
    `
      select to_jsonb(s) - 'member_id' as settings
      from mail_settings s
      where s.member_id = :memberId
    `,
  ),
};
