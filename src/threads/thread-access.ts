import { draftState } from '../posts/drafts.service.js';
import { Injectable } from '@nestjs/common';
import {
  joined,
  joinMembership,
  mayRead,
  readersOf,
  stands,
  threadStands,
  type Readers,
} from '../content/visibility.js';
import type { CaseTier } from '../triage/risk.js';
import type { ModeratedHours } from '../review/moderated-hours.js';
import { isStaff, type MaybeViewer } from '../http/viewer.js';
import { Forbidden, NotFound } from '../kernel/errors.js';
import { Sql, statement } from '../kernel/sql.js';
import type { Values } from '../http/form.js';

/** A thread as its page and every deed in it need it, in one row. */
export interface AccessibleThread {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly replyWish: string;
  readonly topic: string | null;
  readonly status: string;
  /** Of the opening post. */
  readonly openingTier: CaseTier;
  readonly replyCount: number;
  /** The number of the newest post that the viewer may see. */
  readonly lastNumber: number;
  readonly lastPostAt: Date;
  readonly lockedAt: Date | null;
  /** When it opens again by itself. */
  readonly lockedUntil: Date | null;
  /** Minutes that a member waits between two replies here. */
  readonly slowMinutes: number;
  readonly saved: boolean;
  readonly pinned: boolean;
  readonly communityId: string;
  readonly slug: string;
  readonly communityName: string;
  readonly visibility: string;
  /** Who can read an answer in it. */
  readonly readers: Readers;
  readonly archived: boolean;
  readonly aliasesAllowed: boolean;
  readonly hours: ModeratedHours;
  readonly guidelinesVersion: number;
  readonly acknowledgedVersion: number | null;
  readonly member: boolean;
  /** A member or a visitor: may react. */
  readonly seated: boolean;
  readonly moderates: boolean;
  readonly mine: boolean;
  /** The viewer's alias in this thread. */
  readonly aliasName: string | null;
  /** The viewer has written here under the handle. */
  readonly named: boolean;
  readonly level: 'following' | 'muted' | null;
  readonly draft: Values | null;
  /** What the team told the thread after a hard time; '' for the neutral line. */
  readonly teamUpdate: string | null;
  /** To whom the viewer's own thread was passed on while nobody had answered it. */
  readonly passedOn: 'supporters' | 'team' | null;
}

const MODERATES = `(:isStaff or coalesce(m.role = 'moderator', false))`;

const access = statement<
  { id: string; memberId: string | null; isStaff: boolean },
  AccessibleThread
>(
  'threads.access',
  `
    select t.id, t.title, t.kind, t.reply_wish as "replyWish", t.topic, t.status,
      o.tier as "openingTier", t.reply_count as "replyCount",
          coalesce((select n.number
            from posts n
            where n.thread_id = t.id and ${stands('n', 'c.id', ':memberId', MODERATES)}
            order by n.number desc
            limit 1),
            1) as "lastNumber",
          t.last_post_at as "lastPostAt", t.locked_at as "lockedAt",
            t.locked_until as "lockedUntil", t.slow_minutes as "slowMinutes",
          (:memberId::bigint is not null
            and exists (select 1
              from thread_saves v
              where v.thread_id = t.id and v.member_id = :memberId)) as saved,
            t.pinned_at is not null as pinned,
          c.id as "communityId", c.slug, c.name as "communityName", c.visibility,
            c.archived_at is not null as archived,
          ${readersOf('c', 't', 'o', 'o')} as readers,
          c.aliases_allowed as "aliasesAllowed", c.hours,
            c.guidelines_version as "guidelinesVersion",
          (select a.version
            from guideline_acknowledgements a
            where a.community_id = c.id and a.member_id = :memberId) as "acknowledgedVersion",
          ${joined('m')} as member, m.member_id is not null as seated, ${MODERATES} as moderates,
            coalesce(o.author_id = :memberId, false) as mine,
          (select al.name
            from thread_aliases al
            where al.thread_id = t.id and al.member_id = :memberId) as "aliasName",
          (:memberId::bigint is not null
            and exists (select 1
              from posts n
              where n.author_id = :memberId
                and n.thread_id = t.id
                and n.alias_id is null)) as named,
          (select f.level
            from thread_follows f
            where f.thread_id = t.id and f.member_id = :memberId) as level,
          (select d.fields || ${draftState('d')}
            from drafts d
            where d.member_id = :memberId and d.place = '/t/' || t.id || '/replies') as draft,
          (select u.body from thread_updates u where u.thread_id = t.id) as "teamUpdate",
          case when o.author_id = :memberId
            and t.reply_count = 0 then (select po.passed_to
              from threads_passed_on po
              where po.thread_id = t.id
              order by po.passed_to desc
              limit 1) end as "passedOn"
   from threads t
   join communities c on c.id = t.community_id
   join posts o on o.thread_id = t.id and o.number = 1
   ${joinMembership('c', 'm', ':memberId')}
   where t.id = :id
     and ${mayRead('c', 'm', ':isStaff')}
     and ${threadStands('t', 'o', ':memberId', MODERATES)}`,
);

/** Threads seen through the viewer. */
@Injectable()
export class ThreadAccess {
  constructor(private readonly sql: Sql) {}

  /** @throws NotFound also for what the viewer may not know of */
  async load(viewer: MaybeViewer, id: string): Promise<AccessibleThread> {
    const thread = await this.sql.first(access, {
      id,
      memberId: viewer?.memberId ?? null,
      isStaff: isStaff(viewer),
    });
    if (thread === null) throw new NotFound();
    // A pause takes what belongs to members; what is everybody's and what is one's own stays open.
    if (
      viewer !== null &&
      viewer.suspendedUntil !== null &&
      thread.visibility !== 'public' &&
      !thread.mine
    )
      throw new Forbidden('threads.hindrance.limited');
    return thread;
  }
}
