import {
  blocked,
  inAudience,
  joinMembership,
  mayRead,
  notPaused,
  searchable,
  unwanted,
} from '../../content/visibility.js';
import { statement } from '../../kernel/sql.js';
import { AUTHOR_NAME_COLUMNS, joinAuthorName, type AuthorNameRow } from '../../posts/author.js';
import { CARD_COLUMNS, type StrategyCardRow } from './strategies.queries.js';

export interface OtherLanguage {
  slug: string;
  language: string;
  name: string;
  /**
   * For a translation: the version of the original it is based on, and the newest version of the
   * original.
   */
  from: number | null;
  newest: number;
}

export interface StrategyRow extends StrategyCardRow {
  steps: string[];
  fits: string;
  fitsNot: string;
  times: string[];
  sourceName: string;
  sourceUrl: string;
  reviewedOn: string | null;
  licence: string;
  version: number;
  status: string;
  credit: string;
  mine: boolean;
  hidden: boolean;
  /** It is in the viewer's toolkit. */
  saved: boolean;
  answer: { helped: boolean; need: string; situation: string } | null;
  original: OtherLanguage | null;
  translations: OtherLanguage[] | null;
}

/**
 * The credited name. A member's name is not shown once their account is closed, or once they
 * removed it from the source post.
 */
const CREDIT = `case when s.credit_from = 'pack' or w.id is not null and w.closed_at is null
  and not exists (select 1
    from posts sp
    where sp.id = s.source_post_id and sp.name_detached) then s.credit
    else '' end`;

export const bySlug = statement<
  { slug: string; viewerId: string | null; isStaff: boolean },
  StrategyRow
>(
  'strategies.by-slug',
  `
    select ${CARD_COLUMNS}, s.steps, s.fits, s.fits_not as "fitsNot", s.times,
      s.source_name as "sourceName", s.source_url as "sourceUrl",
          s.reviewed_on::text as "reviewedOn", s.licence, s.version, s.status,
            coalesce(s.member_id = :viewerId, false) as mine, ${CREDIT} as credit,
          exists (select 1
            from strategy_hides h
            where h.member_id = :viewerId and h.strategy_id = s.id) as hidden,
          exists (select 1
            from toolkit_items ti
            where ti.member_id = :viewerId and ti.strategy_id = s.id) as saved,
          (select json_build_object('helped', f.helped, 'need', f.need, 'situation', f.situation)
            from strategy_feedback f
            where f.strategy_id = s.id and f.member_id = :viewerId) as answer,
          (select json_build_object('slug', o.slug, 'language', o.language, 'name', o.name, 'from',
            s.translated_version, 'newest', o.version)
             from coping_strategies o
             where o.id = s.translation_of and o.status = 'published') as original,
          (select json_agg(json_build_object('slug', x.slug, 'language', x.language, 'name', x.name,
            'from', x.translated_version, 'newest', s.version)
            order by x.language)
             from coping_strategies x
             where x.translation_of = s.id and x.status = 'published') as translations
   from coping_strategies s left join members w on w.id = s.member_id
   where s.slug = :slug
     and (s.status in ('published', 'withdrawn')
       or s.member_id = :viewerId
       or (:isStaff and s.status = 'proposed'))`,
);

export interface StoryRow extends AuthorNameRow {
  threadId: string;
  number: number;
  title: string;
  community: string;
  createdAt: Date;
  notes: string[];
  /** Search engines may index its thread. */
  searchable: boolean;
}

const STORIES = 6;

/**
 * The newest posts tagged with a strategy that the reader may see. Excludes posts that are
 * unpublished or of an urgent tier, in communities that are paused or unreadable to the reader, by
 * blocked members, in muted threads, and with content that the reader filters.
 */
export const stories = statement<
  { strategyId: string; viewerId: string | null; isStaff: boolean },
  StoryRow
>(
  'strategies.stories',
  `
    select p.thread_id as "threadId", p.number, t.title, c.name as community,
      p.created_at as "createdAt", p.content_warnings || p.added_notes as notes,
      ${searchable('c', 't')} as searchable, ${AUTHOR_NAME_COLUMNS}
   from post_strategies ps
   join posts p on p.id = ps.post_id
   join threads t on t.id = p.thread_id
   join posts o on o.thread_id = t.id and o.number = 1
   join communities c on c.id = t.community_id
   ${joinMembership('c', 'm', ':viewerId')} ${joinAuthorName('p')}
   where ps.strategy_id = :strategyId
     and ps.state = 'accepted'
     and p.status = 'published'
     and t.status = 'published'
     and p.tier not in ('urgent', 'crisis')
     and ${mayRead('c', 'm', ':isStaff')}
       and ${inAudience('p', 'c.id', ':viewerId')}
       and ${inAudience('o', 'c.id', ':viewerId')}
       and (c.visibility <> 'unlisted' or m.member_id is not null)
     and (:viewerId::bigint is null
       or (${notPaused('c', ':viewerId')}
         and not ${blocked('p', ':viewerId')}
         and not ${unwanted('p', 't', ':viewerId')}
         and not ${unwanted('o', 't', ':viewerId')}
       and not exists (select 1
         from thread_follows x
         where x.thread_id = t.id and x.member_id = :viewerId and x.level = 'muted')))
   order by ps.post_id desc limit ${STORIES}`,
);

/** Whether anybody has told of a strategy, for whichever readers. */
export const hasStories = statement<{ strategyId: string }, { any: boolean }>(
  'strategies.has-stories',
  `
    select exists (select 1
      from post_strategies
      where strategy_id = :strategyId and state = 'accepted') as any
  `,
);

export interface AnswersRow {
  need: string;
  helped: number;
  notForMe: number;
}

export const answers = statement<{ strategyId: string }, AnswersRow>(
  'strategies.answers',
  `
    select need, (count(*) filter (where helped))::int as helped,
      (count(*) filter (where not helped))::int as "notForMe"
    from strategy_feedback
    where strategy_id = :strategyId
    group by need
    order by need
  `,
);

export interface OutcomeRow {
  /** Null in rows grouped by situation, and in the overall row. */
  need: string | null;
  situation: string | null;
  people: number;
  /** Of these, how many rated whether it helped, and for how many it did not. */
  answered: number;
  notForMe: number;
  before: number;
  after: number;
  lower: number;
  upper: number;
}

/** A smaller group could identify a member. */
const MIN_POOLED = 10;

/**
 * Ratings before and after use, by members who agreed to pool them: one mean for each member,
 * grouped by need, by situation, and overall.
 */
export const feedbackOutcomes = statement<{ strategyId: string }, OutcomeRow>(
  'strategies.outcomes',
  `with each as (
     select avg(c.before) as before, avg(c.after) as after, nullif(f.need, '') as need,
       nullif(f.situation, '') as situation, f.helped
     from check_ins c
     left join strategy_feedback f on f.strategy_id = c.strategy_id and f.member_id = c.member_id
     where c.strategy_id = :strategyId and c.pooled and c.before is not null and c.after is not null
     group by c.member_id, f.need, f.situation, f.helped
   )
   select need, situation, count(*)::int as people, count(helped)::int as answered,
     (count(*) filter (where not helped))::int as "notForMe",
     percentile_cont(0.5) within group (order by before)::float as before,
     percentile_cont(0.5) within group (order by after)::float as after,
          percentile_cont(0.25) within group (order by after - before)::float as lower,
            percentile_cont(0.75) within group (order by after - before)::float as upper
   from each
   group by grouping sets ((need), (situation), ())
   having count(*) >= ${MIN_POOLED}
     and (grouping(need) = 1 or need is not null)
     and (grouping(situation) = 1 or situation is not null)
   order by need nulls last, situation nulls last`,
);

/** Strategies for the same needs, by number of common tags, then by similarity of length. */
export const similarStrategies = statement<
  { strategyId: string; viewerId: string | null },
  StrategyCardRow
>(
  'strategies.similar',
  `select ${CARD_COLUMNS} from coping_strategies me
   join lateral (
     select n.*, (select count(*) from unnest(n.tags) tag where tag = any(me.tags)) as common
     from (
       select s.* from coping_strategies s
       where s.status = 'published'
         and s.language = me.language
         and s.id <> me.id
         and s.tags && me.needs
         and not exists (select 1
           from strategy_hides h
           where h.member_id = :viewerId and h.strategy_id = s.id)
       order by abs(s.minutes - me.minutes), s.id limit 100
     ) n
     order by common desc, abs(n.minutes - me.minutes), n.id limit 3
   ) s on true
   where me.id = :strategyId order by s.common desc, abs(s.minutes - me.minutes), s.id`,
);
