import { titleFor } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import { moderatedMember } from '../review/moderated-members.js';
import type { Audience } from './member.entity.js';

export interface OwnAccount {
  handle: string;
  email: string | null;
  about: string;
  aboutAudience: Audience;
  sinceAudience: Audience;
  avatarSeed: string;
  timeZone: string | null;
  country: string | null;
  /** Why all emails to them are stopped except security ones. */
  stopped: 'hard' | 'soft' | 'complaint' | null;
}

export const ownAccount = statement<{ viewerId: string }, OwnAccount>(
  'accounts.own',
  `
    select handle::text, email::text, about, about_audience as "aboutAudience",
      since_audience as "sinceAudience", avatar_seed as "avatarSeed", time_zone as "timeZone",
      country,
          (select x.reason
            from mail_suppressions x
            where x.member_id = members.id and x.lifted_at is null) as stopped
   from members where id = :viewerId`,
);

export const saveProfile = statement<
  {
    viewerId: string;
    about: string;
    aboutAudience: Audience | '';
    sinceAudience: Audience | '';
    timeZone: string;
    country: string;
  },
  object
>(
  'accounts.save-profile',
  `
    update members
    set about = :about,
      about_audience = coalesce(nullif(:aboutAudience, ''), about_audience),
      since_audience = coalesce(nullif(:sinceAudience, ''), since_audience),
      time_zone = nullif(:timeZone, ''), country = nullif(:country, '')
    where id = :viewerId
  `,
);
export const updateAvatar = statement<{ viewerId: string; avatarSeed: string }, object>(
  'accounts.new-avatar',
  'update members set avatar_seed = :avatarSeed where id = :viewerId',
);
export const setLanguage = statement<{ viewerId: string; locale: string }, object>(
  'accounts.set-language',
  `
    update members
    set locale = :locale
    where id = :viewerId and locale is distinct from :locale
  `,
);

export const setBreak = statement<{ viewerId: string; until: Date | null }, object>(
  'accounts.set-break',
  'update members set break_until = :until where id = :viewerId',
);

export interface BlockedMember {
  handle: string;
  avatarSeed: string;
}

export const blockedMembers = statement<{ viewerId: string }, BlockedMember>(
  'accounts.blocked',
  `
    select m.handle::text, m.avatar_seed as "avatarSeed"
    from blocks b
    join members m on m.id = b.blocked_id
    where b.member_id = :viewerId
    order by b.created_at desc
  `,
);

export interface BlockedAlias {
  id: string;
  name: string;
  avatarSeed: string;
  threadId: string;
  /** Empty if the reader can no longer open the thread. */
  title: string;
}

export const blockedAliases = statement<{ viewerId: string }, BlockedAlias>(
  'accounts.blocked-aliases',
  `
    select al.id, al.name, al.avatar_seed as "avatarSeed", t.id as "threadId",
      ${titleFor('t', 'c', ':viewerId')} as title
    from alias_blocks b
    join thread_aliases al on al.id = b.alias_id
    join threads t on t.id = al.thread_id
    join communities c on c.id = t.community_id
    where b.member_id = :viewerId
    order by al.id desc
  `,
);
export const unblockAlias = statement<{ viewerId: string; aliasId: string }, object>(
  'accounts.unblock-alias',
  'delete from alias_blocks where member_id = :viewerId and alias_id = :aliasId',
);

export interface ProfileRow {
  id: string;
  handle: string;
  /** Empty if the viewer may not see it. */
  about: string;
  avatarSeed: string;
  /** Null if the viewer may not see it. */
  createdAt: Date | null;
  role: string;
  blocked: boolean;
  memorial: boolean;
  /** The viewer may read the moderators' page about the member. */
  moderated: boolean;
}

/** SQL: whether the viewer is in the audience of a part of the profile of `m`. */
const isFor = (part: 'about' | 'since'): string => `(
        m.id = :viewerId
        or m.${part}_audience = 'members'
        or m.${part}_audience = 'communities' and exists (
          select 1
          from memberships own
          join memberships mine on mine.community_id = own.community_id
          where own.member_id = m.id
            and own.state = 'active'
            and mine.member_id = :viewerId
            and mine.state = 'active'
        )
      )`;

/**
 * Members on a break are hidden from others, and so are unconfirmed accounts: a handle must look
 * the same whether or not the address was known at sign-up.
 */
export const profile = statement<
  { handle: string; viewerId: string; isStaff: boolean; now: Date },
  ProfileRow
>(
  'accounts.profile',
  `
    select m.id, m.handle::text, m.avatar_seed as "avatarSeed",
      case when ${isFor('about')} then m.about else '' end as about,
      case when ${isFor('since')} then m.created_at end as "createdAt", m.role, m.memorial_at is not null as memorial,
          exists (select 1
            from blocks b
            where b.member_id = :viewerId and b.blocked_id = m.id) as blocked,
          ${moderatedMember('m')} as moderated
   from members m
   where m.handle = :handle::citext
     and m.closed_at is null
     and (m.break_until is null or m.break_until < :now or m.id = :viewerId)
     and (m.email_verified_at is not null or m.memorial_at is not null or m.id = :viewerId)`,
);

export const block = statement<{ viewerId: string; handle: string }, object>(
  'accounts.block',
  `
    insert into blocks (member_id, blocked_id)
    select :viewerId, m.id
    from members m
    where m.handle = :handle::citext and m.id <> :viewerId
    on conflict
    do nothing
  `,
);
export const unblock = statement<{ viewerId: string; handle: string }, object>(
  'accounts.unblock',
  `
    delete
    from blocks b using members m
    where b.member_id = :viewerId and b.blocked_id = m.id and m.handle = :handle::citext
  `,
);
