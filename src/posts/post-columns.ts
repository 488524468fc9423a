import type { CaseTier } from '../triage/risk.js';
import { statement } from '../kernel/sql.js';
import type { HeldFor } from './hold-policy.js';

/** Moderation state of a post: its tier, whether it is held, and what moderators changed. */
export interface PostStateRow {
  tier: CaseTier;
  heldFor: HeldFor | null;
  heldAt: Date | null;
  heldUntil: Date | null;
  /** Folded by a moderator. */
  folded: boolean;
  membersOnly: boolean;
  /** Content notes that moderators added. */
  addedNotes: string[];
  /** Content notes that a word rule suggests to the author. */
  suggestedNotes: string[];
}

/** Strategies linked to a post. */
export interface PostStrategiesRow {
  strategies: { slug: string; name: string }[] | null;
  /** A reader suggested or requested one, and the author has not answered yet. */
  strategyAsked: boolean;
}

/** The strategies linked to posts. */
export const strategiesIn = statement<
  { postIds: readonly string[] },
  Pick<PostStrategiesRow, 'strategies'> & { id: string }
>(
  'posts.strategies-in',
  `
    select ps.post_id as id,
      json_agg(json_build_object('slug', cs.slug, 'name', cs.name) order by cs.name) as strategies
    from post_strategies ps
    join coping_strategies cs on cs.id = ps.strategy_id
    where ps.post_id = any(:postIds::bigint[])
      and ps.state = 'accepted'
      and cs.status = 'published'
    group by ps.post_id
  `,
);

/** `strategyAsked` of post `p`, for its author. */
export function strategyAskedColumn(p: string): string {
  return `
    (exists (select 1
        from post_strategies ps
        join coping_strategies cs on cs.id = ps.strategy_id
        where ps.post_id = ${p}.id and ps.state = 'proposed' and cs.status = 'published')
      or exists (select 1
        from strategy_wishes sw
        where sw.post_id = ${p}.id and sw.state = 'asked')) as "strategyAsked"`;
}

/** The columns of `PostStateRow` for post `p`. */
export function postStateColumns(p: string): string {
  return `
    ${p}.tier, ${p}.held_for as "heldFor", ${p}.held_at as "heldAt",
    ${p}.held_until as "heldUntil", ${p}.folded, ${p}.members_only as "membersOnly",
    ${p}.added_notes as "addedNotes", ${p}.suggested_notes as "suggestedNotes"`;
}
