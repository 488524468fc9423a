import { isAmongMembers, postVisible, threadVisible } from '../content/thread-visibility.js';
import {
  titleForAuthorSql,
  joined,
  joinMembership,
  mayRead,
  moderatesPlace,
  readersOf,
  type Readers,
} from '../content/visibility.js';
import { rulesToAgree } from '../communities/agreement.js';
import type { Values } from '../http/form.js';
import { statement } from '../kernel/sql.js';
import { draftState } from '../posts/draft-fragments.js';
import type { ModeratedHours } from '../review/moderated-hours.js';
import type { CaseTier } from '../triage/risk.js';
import type { OwnWaitingThread, ThreadExtras } from './thread-extras.js';

/** The facts about a thread that its page and the actions on it need. */
export interface AccessibleThread extends ThreadRow, ThreadExtras, OwnWaitingThread {}

/** What every page of a thread needs, in one row. */
export interface ThreadRow {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly replyWish: string;
  readonly topic: string | null;
  readonly status: string;
  /** Tier of the opening. */
  readonly openingTier: CaseTier;
  readonly replyCount: number;
  /** Number of the newest post that is visible to the viewer. */
  readonly lastNumber: number;
  readonly lastPostAt: Date;
  readonly lockedAt: Date | null;
  /** When it is unlocked automatically. */
  readonly lockedUntil: Date | null;
  /** Slow mode: minutes between two replies of one member; 0 for none. */
  readonly slowMinutes: number;
  readonly saved: boolean;
  readonly pinned: boolean;
  readonly communityId: string;
  readonly slug: string;
  readonly communityName: string;
  readonly visibility: string;
  /** Who can read a reply in the thread. */
  readonly readers: Readers;
  readonly archived: boolean;
  readonly aliasesAllowed: boolean;
  readonly hours: ModeratedHours;
  readonly guidelinesVersion: number;
  readonly acknowledgedVersion: number | null;
  readonly rulesToAgree: string[] | null;
  readonly member: boolean;
  /** A member or a visitor, who may react. */
  readonly seated: boolean;
  readonly moderates: boolean;
  readonly mine: boolean;
  /** Whether the opening still shows its author, by handle or alias. */
  readonly signed: boolean;
  /** The viewer's alias in this thread. */
  readonly aliasName: string | null;
  /** The viewer has posted here under the handle. */
  readonly named: boolean;
  readonly level: 'following' | 'muted' | null;
  readonly draft: Values | null;
  /** Whether it may have anything of `ThreadExtras`. */
  readonly hasExtras: boolean;
}

/** Of the viewer. */
export interface AccessParams {
  id: string;
  memberId: string | null;
  isStaff: boolean;
  mayModerate: boolean;
  isSuspended: boolean;
}

/**
 * What the viewer may do in community `c` of membership `m`, computed once: PostgreSQL would repeat
 * the expressions wherever they are used.
 */
export const JOIN_RIGHTS = `
  ${joinMembership('c', 'm', ':memberId')}
  cross join lateral (
    select ${moderatesPlace('m', ':isStaff', ':mayModerate')} as moderates,
      ${isAmongMembers('m', ':isStaff', ':isSuspended')} as "amongMembers"
    offset 0
  ) r`;

/** SQL: what the viewer may do, after `JOIN_RIGHTS`. */
export const MODERATES = 'r.moderates';
export const AMONG_MEMBERS = 'r."amongMembers"';

/** The columns of thread `t` that are the same for every reader. */
const SHARED_COLUMNS = `
  t.id, t.kind, t.reply_wish as "replyWish", t.topic, t.status, o.tier as "openingTier",
  t.reply_count as "replyCount",
  t.last_post_at as "lastPostAt", t.locked_at as "lockedAt", t.locked_until as "lockedUntil",
  t.slow_minutes as "slowMinutes", t.pinned_at is not null as pinned,
  t.has_extras as "hasExtras",
  c.id as "communityId", c.slug, c.name as "communityName", c.visibility,
  c.archived_at is not null as archived,
  ${readersOf('c', 't', 'o', 'o')} as readers,
  c.aliases_allowed as "aliasesAllowed", c.hours, c.guidelines_version as "guidelinesVersion",
  not o.name_detached as signed`;

const SHARED_TABLES = `threads t
    join communities c on c.id = t.community_id
    join posts o on o.thread_id = t.id and o.number = 1`;

function lastNumber(viewer: string, amongMembers: string, moderates: string): string {
  return `coalesce((
        select n.number
        from posts n
        where n.thread_id = t.id and ${postVisible('n', amongMembers, viewer, moderates)}
        order by n.number desc
        limit 1
      ), 1) as "lastNumber"`;
}

/**
 * A thread, if the viewer can read it. What few threads have is read by `threadExtras`, because
 * PostgreSQL prepares every subquery of a statement at each execution, used or not.
 */
export const threadById = statement<AccessParams & { draftPlace: string }, ThreadRow>(
  'threads.access',
  `
    select ${SHARED_COLUMNS},
      case when coalesce(o.author_id = :memberId, false) or ${MODERATES}
        then ${titleForAuthorSql('t')} else t.title end as title,
      ${lastNumber(':memberId', AMONG_MEMBERS, MODERATES)},
      a.version as "acknowledgedVersion",
      ${rulesToAgree('c', 'a.version', ':memberId')},
      ${joined('m')} as member, m.member_id is not null as seated, ${MODERATES} as moderates,
      coalesce(o.author_id = :memberId, false) as mine,
      v.member_id is not null as saved, al.name as "aliasName", f.level,
      exists (
        select 1
        from posts n
        where n.author_id = :memberId and n.thread_id = t.id and n.alias_id is null
      ) as named,
      d.fields || ${draftState('d')} as draft
    from ${SHARED_TABLES}
    ${JOIN_RIGHTS}
    left join guideline_acknowledgements a
      on a.community_id = c.id and a.member_id = :memberId
    left join thread_saves v on v.thread_id = t.id and v.member_id = :memberId
    left join thread_aliases al on al.thread_id = t.id and al.member_id = :memberId
    left join thread_follows f on f.thread_id = t.id and f.member_id = :memberId
    left join drafts d on d.member_id = :memberId and d.place = :draftPlace
    where t.id = :id
      and ${mayRead('c', 'm', ':isStaff')}
      and ${threadVisible('t', 'o', AMONG_MEMBERS, ':memberId', MODERATES)}
  `,
);

/**
 * The same for a guest, who has no rights and nothing of their own. A spec compares the two: most of
 * what `threadById` costs is preparing the joins with what a member may have.
 */
export const threadByIdForGuests = statement<{ id: string }, ThreadRow>(
  'threads.access-for-guests',
  `
    select ${SHARED_COLUMNS}, t.title,
      ${lastNumber('null::bigint', 'false', 'false')},
      null::int as "acknowledgedVersion", null::text[] as "rulesToAgree",
      false as member, false as seated, false as moderates, false as mine, false as saved,
      null as "aliasName", null as level, false as named, null as draft
    from ${SHARED_TABLES}
    where t.id = :id
      and c.visibility = 'public'
      and ${threadVisible('t', 'o', 'false', 'null::bigint', 'false')}
  `,
);
