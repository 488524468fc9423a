import { isAmongMembers, postVisible, threadVisible } from '../content/thread-visibility.js';
import {
  titleForAuthorSql,
  joinMembership,
  mayRead,
  moderatesPlace,
  readersOf,
  type Readers,
} from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import type { CaseTier } from '../triage/risk.js';

/** The facts that policies use to decide who may do what with a post. */
export interface AccessiblePost {
  readonly id: string;
  readonly threadId: string;
  readonly number: number;
  readonly status: string;
  readonly version: number;
  readonly createdAt: Date;
  readonly withdrawn: boolean;
  readonly tier: CaseTier;
  readonly locked: boolean;
  readonly archived: boolean;
  readonly title: string;
  readonly communityId: string;
  readonly slug: string;
  readonly communityName: string;
  readonly aliasId: string | null;
  /** The author also opened the thread. */
  readonly opener: boolean;
  /** The viewer wrote it, under an alias or the handle. */
  readonly mine: boolean;
  readonly member: boolean;
  readonly moderates: boolean;
  readonly readers: Readers;
}

const MODERATES = moderatesPlace('m', ':isStaff', ':mayModerate');
const AMONG_MEMBERS = isAmongMembers('m', ':isStaff', ':isSuspended');

export const postById = statement<
  {
    id: string;
    viewerId: string | null;
    isStaff: boolean;
    mayModerate: boolean;
    isSuspended: boolean;
  },
  AccessiblePost
>(
  'posts.access',
  `
    select p.id, p.thread_id as "threadId", p.number, p.status, p.version,
      p.created_at as "createdAt", p.status = 'withdrawn' as withdrawn, p.tier,
          t.locked_at is not null as locked, c.archived_at is not null as archived,
          case when coalesce(p.author_id = :viewerId, false) or ${MODERATES}
            then ${titleForAuthorSql('t')} else t.title end as title,
            c.id as "communityId", c.slug, c.name as "communityName",
          p.alias_id as "aliasId", coalesce(p.author_id = :viewerId, false) as mine,
          coalesce(o.author_id = p.author_id, false) as opener, m.member_id is not null as member,
            ${MODERATES} as moderates,
          ${readersOf('c', 't', 'o', 'p')} as readers
   from posts p
   join threads t on t.id = p.thread_id
   join communities c on c.id = t.community_id
   join posts o on o.thread_id = t.id and o.number = 1
   ${joinMembership('c', 'm', ':viewerId')}
   where p.id = :id
     and ${mayRead('c', 'm', ':isStaff')}
     and ${postVisible('p', AMONG_MEMBERS, ':viewerId', MODERATES)}
     and (${threadVisible('t', 'o', AMONG_MEMBERS, ':viewerId', MODERATES)}
       or p.author_id = :viewerId)`,
);
