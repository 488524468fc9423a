import { nextStepSql, type NextStep } from '../communities/reply-promise.js';
import {
  blocked,
  holdsMutedWord,
  inAudience,
  titleForAuthorSql,
  joined,
  joinMembership,
  mayRead,
  moderatesPlace,
  postVisible,
  readersOf,
  threadVisible,
  type Readers,
} from '../content/visibility.js';
import { rulesToAgree } from '../communities/agreement.js';
import type { Values } from '../http/form.js';
import { statement } from '../kernel/sql.js';
import { draftState } from '../posts/draft-fragments.js';
import type { ModeratedHours } from '../review/moderated-hours.js';
import type { CaseTier } from '../triage/risk.js';

/** Another thread of the community, as a page links to it. */
export interface LinkedThread {
  readonly id: string;
  readonly title: string;
}

/** A thread that was merged into this one, by the place where its posts begin. */
export interface MergedThread {
  readonly number: number;
  /** Empty if its opening is not shown to the viewer. */
  readonly title: string;
  /** Why a moderator merged it, for those who wrote in the thread and for moderators. */
  readonly reason: string;
}

/** The facts about a thread that its page and the actions on it need, in one row. */
export interface AccessibleThread {
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
  /** Number of the last post that left the thread; 0 if none did. */
  readonly lastLeft: number;
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
  /** The newest update by the thread's author. */
  readonly authorUpdate: { readonly number: number; readonly at: string } | null;
  /** Whether the opening has a poll and the viewer can read it. */
  readonly poll: boolean;
  /** The viewer's alias in this thread. */
  readonly aliasName: string | null;
  /** The viewer has posted here under the handle. */
  readonly named: boolean;
  /** Further aliases of the viewer's posts here, which came from merged threads. */
  readonly otherAliases: { readonly id: string; readonly name: string }[] | null;
  readonly level: 'following' | 'muted' | null;
  readonly draft: Values | null;
  /** The team's update after a crisis in the thread; '' for the default sentence. */
  readonly teamUpdate: string | null;
  /** To whom the viewer's own thread was forwarded while it had no replies. */
  readonly passedOn: 'supporters' | 'team' | null;
  /** The thread that its posts were split from, if the viewer can read it. */
  readonly splitFrom: LinkedThread | null;
  /** The threads that posts of it were split into, of those that the viewer can read. */
  readonly splitInto: LinkedThread[] | null;
  /** The threads that were merged into it. */
  readonly mergedHere: MergedThread[] | null;
  /** Why a moderator split it off, for those who wrote in it and for moderators; '' otherwise. */
  readonly changeReason: string;
  /** The next step for the viewer's own thread while it has no replies. */
  readonly nextStep: NextStep | null;
}

/** SQL: the threads `s` of the same community that the viewer can read, with their openings. */
const LINKED = `from threads s
  join posts so on so.thread_id = s.id and so.number = 1
  where s.community_id = c.id
    and s.status = 'published'
    and ${inAudience('so', 'c.id', ':memberId')}`;

/** SQL: the viewer wrote in thread `t`. */
const WROTE_HERE = `exists (select 1
              from posts n
              where n.thread_id = t.id and n.author_id = :memberId)`;

const MODERATES = moderatesPlace('m', ':isStaff', ':mayModerate');

export const threadById = statement<
  { id: string; memberId: string | null; isStaff: boolean; mayModerate: boolean },
  AccessibleThread
>(
  'threads.access',
  `
    select t.id,
          case when coalesce(o.author_id = :memberId, false) or ${MODERATES}
            then ${titleForAuthorSql('t')} else t.title end as title,
      t.kind, t.reply_wish as "replyWish", t.topic, t.status,
      o.tier as "openingTier", t.reply_count as "replyCount",
          coalesce((select n.number
            from posts n
            where n.thread_id = t.id and ${postVisible('n', 'c.id', ':memberId', MODERATES)}
            order by n.number desc
            limit 1),
            1) as "lastNumber",
          coalesce((select max(f.number) from former_places f where f.thread_id = t.id), 0)
            as "lastLeft",
          (select json_build_object('id', s.id::text, 'title', s.title)
            ${LINKED} and s.id = t.split_from) as "splitFrom",
          (select json_agg(json_build_object('id', s.id::text, 'title', s.title) order by s.id)
            ${LINKED} and s.split_from = t.id) as "splitInto",
          (select json_agg(json_build_object('number', mo.number,
              'title', case
                when mo.status = 'published'
                  and ${inAudience('mo', 'c.id', ':memberId')}
                  and not ${blocked('mo', ':memberId')}
                  and not ${holdsMutedWord('s.title', ':memberId')}
                  then s.title
                else '' end,
              'reason', case when ${MODERATES} or ${WROTE_HERE} then s.change_reason else '' end)
              order by mo.number)
            from threads s
            join former_places f on f.thread_id = s.id and f.number = 1
            join posts mo on mo.id = f.post_id and mo.thread_id = t.id
            where s.merged_into = t.id and s.split_from is distinct from t.id) as "mergedHere",
          case when ${MODERATES} or ${WROTE_HERE} then t.change_reason else '' end
            as "changeReason",
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
          ${rulesToAgree(
            'c',
            `(select a.version
              from guideline_acknowledgements a
              where a.community_id = c.id and a.member_id = :memberId)`,
            ':memberId',
          )},
          ${joined('m')} as member, m.member_id is not null as seated, ${MODERATES} as moderates,
            coalesce(o.author_id = :memberId, false) as mine,
            not o.name_detached as signed,
            (o.status = 'published'
              or o.status in ('held', 'hidden') and (o.author_id = :memberId or ${MODERATES}))
            and exists (select 1 from polls pl where pl.thread_id = t.id) as poll,
          (select json_build_object('number', n.number, 'at', n.created_at)
            from posts n
            where n.thread_id = t.id
              and n.is_update
              and not n.name_detached
              and not o.name_detached
              and n.status = 'published'
              and ${postVisible('n', 'c.id', ':memberId', MODERATES)}
            order by n.number desc
            limit 1) as "authorUpdate",
          (select al.name
            from thread_aliases al
            where al.thread_id = t.id and al.member_id = :memberId) as "aliasName",
          (:memberId::bigint is not null
            and exists (select 1
              from posts n
              where n.author_id = :memberId
                and n.thread_id = t.id
                and n.alias_id is null)) as named,
          (select json_agg(json_build_object('id', al.id::text, 'name', al.name) order by al.id)
            from thread_aliases al
            where al.thread_id <> t.id
              and al.id in (select n.alias_id
                from posts n
                where n.thread_id = t.id and n.author_id = :memberId)) as "otherAliases",
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
              limit 1) end as "passedOn",
          case when o.author_id = :memberId
            and t.reply_count = 0
            and t.status = 'published'
            and t.locked_at is null
            and t.pinned_at is null
            and c.archived_at is null
            and not exists (select 1 from prompt_threads pt where pt.thread_id = t.id)
            then ${nextStepSql('c', 't', 'o')}
            end as "nextStep"
   from threads t
   join communities c on c.id = t.community_id
   join posts o on o.thread_id = t.id and o.number = 1
   ${joinMembership('c', 'm', ':memberId')}
   where t.id = :id
     and ${mayRead('c', 'm', ':isStaff')}
     and ${threadVisible('t', 'o', ':memberId', MODERATES)}`,
);
