import { titleForAuthorSql } from '../../content/visibility.js';
import { pollTextOf } from '../../polls/poll-text.js';
import { statement } from '../../kernel/sql.js';
import { dangerSql } from '../core/case-order.js';
import type { Signal } from '../../triage/risk.js';

/** The strategy of the library that a case is about. */
export interface CaseStrategy {
  slug: string;
  name: string;
  status: 'draft' | 'proposed' | 'published' | 'declined' | 'withdrawn';
  summary: string;
  steps: string[];
  fits: string;
  fitsNot: string;
  /** True if a member of this site suggested it; false if it came with a pack. */
  byMember: boolean;
  /** The author that the library credits, which may be an alias; '' if it credits nobody. */
  credit: string;
  /** The author's handle, if the library credits them by it. */
  handle: string | null;
}

export interface CaseDetail {
  title: string | null;
  threadId: string | null;
  number: number | null;
  body: string | null;
  /** The language of the post, if it is known. */
  language: string | null;
  status: string | null;
  heldFor: string | null;
  notes: string[] | null;
  /** The author's summary, shown to readers who have not opened the post. */
  summary: string | null;
  addedNotes: string[] | null;
  folded: boolean | null;
  membersOnly: boolean | null;
  postedAt: Date | null;
  editedAt: Date | null;
  aliasName: string | null;
  detached: boolean | null;
  /** The handle of the author (null for a post under an alias), or of the member under review. */
  handle: string | null;
  roleHere: string | null;
  since: Date | null;
  slug: string | null;
  communityName: string | null;
  replyWish: string | null;
  strategy: CaseStrategy | null;
  /** The community's own rules, in order. */
  groupRules: string[] | null;
  guidelinesVersion: number | null;
  signals: Signal[];
  rulesVersion: string | null;
  openedAt: Date;
  dueAt: Date;
  /** Someone says that a person is in danger now, whatever the tier. */
  danger: boolean;
  closedAt: Date | null;
  firstReadAt: Date | null;
  outcome: string | null;
}

/**
 * Stored copies of the member's rejected emails, newest first. The signals of the case refer to the
 * newest.
 */
const REFUSED_MAILS = `
  (select string_agg(k.body, E'\\n\\n· · ·\\n\\n' order by k.id desc)
    from refused_mails k
    where k.case_id = rc.id)
`;

export const caseDetail = statement<{ id: string }, CaseDetail>(
  'moderation.case-detail',
  `
    select ${titleForAuthorSql('t')} as title, t.id as "threadId", p.number,
      coalesce(p.body || ${pollTextOf('p')}, ${REFUSED_MAILS}) as body, p.language, p.status, p.held_for as "heldFor",
      p.content_warnings as notes, p.summary, p.added_notes as "addedNotes", p.folded,
      p.members_only as "membersOnly",
          p.created_at as "postedAt", p.edited_at as "editedAt", al.name as "aliasName",
            p.name_detached as detached, w.handle::text, wm.role as "roleHere",
            w.created_at as since,
          c.slug, c.name as "communityName", t.reply_wish as "replyWish",
            (select json_build_object('slug', x.slug, 'name', x.name, 'status', x.status,
              'summary', x.summary, 'steps', x.steps, 'fits', x.fits, 'fitsNot', x.fits_not,
              'byMember', x.member_id is not null, 'credit', x.credit, 'handle', case
                when x.credit_from = 'handle' and a.closed_at is null then a.handle::text end)
              from coping_strategies x
              left join members a on a.id = x.member_id
              where x.id = rc.strategy_id) as strategy,
            (select g.rules
              from community_guidelines g
              where g.community_id = c.id
                and g.version = c.guidelines_version) as "groupRules",
            c.guidelines_version as "guidelinesVersion",
            rc.signals, rc.rules_version as "rulesVersion", rc.opened_at as "openedAt",
            rc.due_at as "dueAt", ${dangerSql('rc')} as danger, rc.closed_at as "closedAt",
          rc.first_read_at as "firstReadAt", rc.outcome
   from review_cases rc
   left join decisions od on od.id = rc.decision_id
   left join posts p on p.id = coalesce(rc.post_id, od.post_id)
   left join threads t on t.id = p.thread_id
   left join communities c on c.id = coalesce(rc.community_id, t.community_id)
   left join thread_aliases al on al.id = p.alias_id
   left join members w on w.id = coalesce(rc.member_id, case when p.alias_id is null
     and not p.name_detached then p.author_id end)
   left join memberships wm on wm.member_id = w.id
     and wm.community_id = c.id
     and wm.state = 'active'
   where rc.id = :id`,
);

export interface CaseReasonRow {
  source: string;
  reason: string;
  at: Date;
}

export const caseReasons = statement<{ id: string }, CaseReasonRow>(
  'moderation.case-reasons',
  'select source, reason, created_at as at from case_reasons where case_id = :id order by id',
);

export interface ReportRow {
  number: string;
  reason: string;
  note: string;
  body: string | null;
  /** The place and contact given by a reporter without an account. For administrators only. */
  place: string | null;
  contact: string | null;
  at: Date;
}

/** Reports with their note and the wording at the time; never the identity of the reporter. */
export const caseReports = statement<{ id: string; viewerAdministers: boolean }, ReportRow>(
  'moderation.case-reports',
  `
    select r.number, r.reason, r.note, coalesce(r.snapshot->>'body', r.snapshot->>'text') as body,
      k.place, case
      when :viewerAdministers then nullif(concat_ws(', ', nullif(k.name, ''), nullif(k.email, '')),
        '') end as contact,
        r.created_at as at
   from reports r
   left join report_contacts k on k.report_id = r.id
   where r.case_id = :id
   order by r.id`,
);

export interface ContextRow {
  number: number;
  body: string;
  who: string | null;
  /** The reviewed post quotes this one. */
  quoted: boolean;
  at: Date;
}

/**
 * The context of the reviewed post: the opening post, the posts it replies to or quotes, and its
 * neighbours.
 */
export const caseContext = statement<{ id: string }, ContextRow>(
  'moderation.case-context',
  `select x.number, x.body, coalesce(al.name, w.handle::text) as who, q.post_id is not null as quoted,
     x.created_at as at
   from review_cases rc
   left join decisions od on od.id = rc.decision_id
   join posts p on p.id = coalesce(rc.post_id, od.post_id)
   join posts x on x.thread_id = p.thread_id and x.number <> p.number
   left join post_quotes q on q.post_id = p.id and q.quoted_post_id = x.id
   left join thread_aliases al on al.id = x.alias_id and not x.name_detached
   left join members w on w.id = x.author_id and x.alias_id is null and not x.name_detached
   where rc.id = :id
     and x.status in ('published', 'held', 'hidden')
     and (x.number = 1
       or x.number = p.reply_to_number
       or q.post_id is not null
       or x.number between p.number - 3 and p.number + 2)
   order by x.number`,
);
