import { statement, type NoParams } from '../kernel/sql.js';
import type { ModeratedHours } from '../review/moderated-hours.js';
import { FIT_COLUMN, FIT_COLUMNS, joinFit, type FitColumns, type FitRow } from './fit-facts.js';

export interface DirectoryRow extends FitColumns {
  slug: string;
  name: string;
  summary: string;
  visibility: string;
  memberCount: number;
  lastPostAt: Date | null;
  today: number;
  week: number;
  month: number;
  hours: ModeratedHours;
  joined: boolean;
}

/** The directory by name, without unlisted and archived communities. */
export const directory = statement<
  {
    viewerId: string | null;
    textToFind: string;
    since: Date;
    sinceWeek: Date;
    sinceMonth: Date;
    difficulty: string;
    situation: string;
    format: string;
    language: string;
    visibility: string;
    limit: number;
  },
  DirectoryRow
>(
  'communities.directory',
  `select c.slug, c.name, c.summary, c.visibility, c.member_count as "memberCount",
          (select max(t.last_post_at)
            from threads t
            where t.community_id = c.id and t.status = 'published') as "lastPostAt",
          (select count(*)::int
            from (select 1
              from threads t
              where t.community_id = c.id and t.status = 'published' and t.last_post_at > :since
              limit 100) d) as today,
          (select count(*)::int
            from (select 1
              from threads t
              where t.community_id = c.id and t.status = 'published' and t.last_post_at > :sinceWeek
              limit 100) w) as week,
          (select count(*)::int
            from (select 1
              from threads t
              where t.community_id = c.id
                and t.status = 'published'
                and t.last_post_at > :sinceMonth
              limit 100) w) as month,
          c.hours, ${FIT_COLUMNS},
          exists (select 1
            from memberships m
            where m.community_id = c.id
              and m.member_id = :viewerId
              and m.state = 'active') as joined
   from communities c ${joinFit('c')}
   where c.visibility <> 'unlisted' and c.archived_at is null
     and (:textToFind = ''
       or c.name ilike '%' || :textToFind || '%'
       or c.summary ilike '%' || :textToFind || '%'
       or exists (select 1 from unnest(c.topics) t where t ilike '%' || :textToFind || '%'))
     and (:difficulty = '' or :difficulty = any(c.difficulties))
       and (:situation = '' or :situation = any(c.situations))
       and (:format = '' or :format = any(c.formats))
       and (:language = '' or c.language = :language)
       and (:visibility = '' or c.visibility = :visibility)
   order by c.name limit :limit`,
);

interface StaffMember {
  handle: string;
  role: string;
  seed: string;
  /** End of their break, as a timestamp. */
  breakUntil: string | null;
}

/** What the page of a community says about it; only `state` depends on the viewer. */
export interface AboutRow {
  summary: string;
  purposeHtml: string;
  welcomeHtml: string;
  memberCount: number;
  joinQuestion: string | null;
  rules: string[];
  state: 'active' | 'asked' | 'visiting' | null;
  difficulties: string[];
  situations: string[];
  orientation: string | null;
  fit: FitRow | null;
  neighbours: { slug: string; name: string; summary: string }[] | null;
  staff: StaffMember[] | null;
  /** Only for viewers who may read the threads. */
  folders: { id: string; name: string }[] | null;
}

/** The languages of the listed communities. */
export const listedLanguages = statement<NoParams, { language: string }>(
  'communities.languages',
  `
    select distinct c.language
    from communities c
    where c.visibility <> 'unlisted' and c.archived_at is null
    order by c.language
    limit 60
  `,
);

export interface FacetRow {
  facet: 'difficulty' | 'situation' | 'format' | 'language' | 'visibility';
  value: string;
  communities: number;
}

/**
 * The number of communities that each value of a filter would list, combined with the other
 * filters.
 */
export const directoryFacets = statement<
  {
    textToFind: string;
    difficulty: string;
    situation: string;
    format: string;
    language: string;
    visibility: string;
  },
  FacetRow
>(
  'communities.facets',
  `
    with listed as (
      select c.*,
        :difficulty = '' or :difficulty = any(c.difficulties) as d,
        :situation = '' or :situation = any(c.situations) as s,
        :format = '' or :format = any(c.formats) as f,
        :language = '' or c.language = :language as l,
        :visibility = '' or c.visibility = :visibility as v
      from communities c
      where c.visibility <> 'unlisted'
        and c.archived_at is null
        and (:textToFind = ''
          or c.name ilike '%' || :textToFind || '%'
          or c.summary ilike '%' || :textToFind || '%'
          or exists (select 1 from unnest(c.topics) t where t ilike '%' || :textToFind || '%'))
    ), valued as (
      select 'difficulty' as facet, unnest(difficulties) as value from listed where s and f and l and v
      union all
      select 'situation', unnest(situations) from listed where d and f and l and v
      union all
      select 'format', unnest(formats) from listed where d and s and l and v
      union all
      select 'language', language from listed where d and s and f and v
      union all
      select 'visibility', visibility from listed where d and s and f and l
    )
    select facet, value, count(*)::int as communities
    from valued
    group by facet, value
  `,
);

/** SQL: the columns of `AboutRow` for community `c` with its guidelines `g`. */
export const ABOUT_COLUMNS = `
  c.summary, c.purpose_html as "purposeHtml", c.welcome_html as "welcomeHtml",
      c.member_count as "memberCount", c.join_question as "joinQuestion",
          coalesce(g.rules, '{}') as rules,
            (select s.state
              from memberships s
              where s.community_id = c.id and s.member_id = :viewerId) as state,
          c.difficulties, c.situations, c.orientation_thread_id as orientation,
            ${FIT_COLUMN} as fit,
          (select json_agg(json_build_object('slug', n.slug, 'name', n.name, 'summary', n.summary))
            from (
             select o.slug, o.name, o.summary
             from communities o
             left join community_neighbours b on b.community_id = c.id and b.other_id = o.id
             where o.id <> c.id
               and o.visibility <> 'unlisted'
               and o.archived_at is null
               and (b.shared is not null
                 or (o.language = c.language
                   and (o.difficulties && c.difficulties or o.situations && c.situations)))
             order by b.shared desc nulls last, o.member_count desc, o.id limit 3) n) as neighbours,
          (select json_agg(json_build_object('handle', m.handle, 'role', s.role, 'seed',
            m.avatar_seed, 'breakUntil', m.break_until)
            order by s.role, m.handle)
             from memberships s join members m on m.id = s.member_id
             where s.community_id = c.id
               and s.role <> 'member'
               and s.role <> 'alumni'
               and s.state = 'active'
               and m.closed_at is null) as staff,
          (
            select json_agg(
              json_build_object('id', f.id::text, 'name', f.name)
              order by lower(f.name), f.id
            )
            from thread_folders f
            where f.community_id = c.id
          ) as folders`;

/** The staff of a community who are not taking a break. */
export function presentStaff({ staff }: Pick<AboutRow, 'staff'>, now: Date): StaffMember[] {
  return (staff ?? []).filter(
    ({ breakUntil }) => breakUntil === null || new Date(breakUntil) < now,
  );
}

export interface RequestRow {
  handle: string;
  note: string;
  askedAt: Date;
}

/** Requests to join, oldest first. */
export const requests = statement<{ communityId: string }, RequestRow>(
  'communities.requests',
  `
    select m.handle::text, s.note, s.joined_at as "askedAt"
    from memberships s
    join members m on m.id = s.member_id
   where s.community_id = :communityId and s.state = 'asked' order by s.joined_at`,
);
