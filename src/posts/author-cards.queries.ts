import { titleForAuthorSql } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import { keepsHelpSql } from '../review/after-care.js';

export interface CardRow {
  id: string;
  /** The author hid the card. */
  hidden: boolean;
  /** Times of the author's last answers since the case was opened. */
  safeAt: Date | null;
  askedAt: Date | null;
  /** Help stays beside the post: see `CARE_PERIOD`. */
  cared: boolean;
  /**
   * State of the newest case that the post itself caused. A case that others reported is never
   * visible to the author, not even through a change of the card.
   */
  state: 'open' | 'closed' | null;
  /** Why a rule held the post: reasons of the case, and the explanations of word rules. */
  ruleReasons: string[];
  ruleTexts: string[];
  /** Whether the explained rules are of the whole site; null if some are and some are not. */
  ruleTextsOfSite: boolean | null;
  read: boolean;
  claimed: boolean;
  /** The author has a plan for a crisis. */
  plan: boolean;
  /** The author locked the private pages: the card links there and shows none of their content. */
  locked: boolean;
  /** The text as the edit form submits it, with the thread's title if the post opens it. */
  title: string;
  body: string;
  summary: string;
  notes: string[];
  ending: string;
  language: string | null;
  version: number;
}

/** The facts behind the cards above the author's own posts. */
export const cardFacts = statement<{ postIds: readonly string[]; now: Date; since: Date }, CardRow>(
  'posts.card-facts',
  `
    select p.id, coalesce(answers.hidden, false) as hidden, answers.safe as "safeAt",
      answers.asked as "askedAt",
      ${keepsHelpSql('p', ':since')} as cared,
      rc.state, rc.first_read_at is not null as read,
      array(select r.reason
        from case_reasons r
        where r.case_id = rc.id and r.source = 'rule'
        order by r.id) as "ruleReasons",
      array(select distinct s ->> 'toWriter'
        from jsonb_array_elements(rc.signals) s
        where s ? 'toWriter') as "ruleTexts",
      (select case when bool_and(s ? 'everywhere') then true
          when bool_or(s ? 'everywhere') then null else false end
        from jsonb_array_elements(rc.signals) s
        where s ? 'toWriter') as "ruleTextsOfSite",
      coalesce(rc.claimed_until > :now, false) as claimed,
      exists (select 1
        from safety_plans s
        where s.member_id = p.author_id and s.plan is not null) as plan,
      exists (select 1
        from toolkit_settings x
        where x.member_id = p.author_id and x.lock_minutes is not null) as locked,
      case when p.number = 1 then ${titleForAuthorSql('t')} else '' end as title,
      p.body, p.summary, p.content_warnings as notes, p.ending, p.language, p.version
    from posts p
    join threads t on t.id = p.thread_id
    left join lateral (
      select *
      from review_cases c
      where c.post_id = p.id
        and c.kind = 'post'
        and exists (select 1
          from case_reasons r
          where r.case_id = c.id and r.source in ('triage', 'hold', 'author'))
      order by c.id desc
      limit 1
    ) rc on true
    left join lateral (
      select bool_or(a.answer = 'hidden') as hidden,
        max(a.answered_at) filter (where a.answer = 'safe') as safe,
        max(a.answered_at) filter (where a.answer = 'need-now') as asked
      from author_answers a
      where a.post_id = p.id and a.answered_at >= coalesce(rc.opened_at, a.answered_at)
    ) answers on true
    where p.id = any(:postIds::bigint[])
  `,
);

/** Whether a member has a plan, and has locked the private pages. */
export const ownHelpFacts = statement<{ memberId: string }, { plan: boolean; locked: boolean }>(
  'posts.own-help',
  `
    select exists (select 1
        from safety_plans s
        where s.member_id = :memberId and s.plan is not null) as plan,
      exists (select 1
        from toolkit_settings x
        where x.member_id = :memberId and x.lock_minutes is not null) as locked
  `,
);

export interface OwnPostRow {
  threadId: string;
  number: number;
  status: string;
  communityId: string;
}

/**
 * A post of the viewer's own, whatever its status and its community's: an author who asks for help
 * always gets an answer.
 */
export const ownPost = statement<{ id: string; viewerId: string }, OwnPostRow>(
  'posts.own-post',
  `select p.thread_id as "threadId", p.number, p.status, t.community_id as "communityId"
   from posts p join threads t on t.id = p.thread_id
   where p.id = :id and p.author_id = :viewerId`,
);

/** Closes the suggestion of content notes; `accepted` adds them to the post. */
export const answerSuggestion = statement<{ id: string; accepted: boolean }, object>(
  'posts.answer-suggestion',
  `
    update posts
    set content_warnings = case
      when :accepted then array(select distinct unnest(content_warnings || suggested_notes))
      else content_warnings end,
     suggested_notes = '{}', version = version + case when :accepted then 1 else 0 end
   where id = :id and suggested_notes <> '{}'`,
);
