import type { Translator } from '../i18n/translator.js';
import { statement } from '../kernel/sql.js';
import { isFolded, type PostRow } from '../posts/post.view.js';

/** A strategy that brings attention back to the here and now. */
export interface GroundingRow {
  slug: string;
  name: string;
  minutes: number;
}

/**
 * A short grounding strategy that needs little and suits most people and places, in the reader's
 * language or English.
 */
export const groundingStrategy = statement<
  { viewerId: string | null; language: string },
  GroundingRow
>(
  'threads.grounding',
  `
    select s.slug, s.name, s.minutes
    from coping_strategies s
    where s.status = 'published'
      and 'grounding' = any(s.kinds)
      and s.energy = 'low'
      and s.minutes <= 5
      and s.language in (:language, 'en')
      and (s.challenges = '{}' or s.challenges && '{anxiety,trauma,stress}')
      and (:viewerId::bigint is null
        or not exists (select 1
          from strategy_hides h
          where h.strategy_id = s.id and h.member_id = :viewerId))
    order by s.language = :language desc, cardinality(s.places) desc, s.minutes, s.id
    limit 1
  `,
);

/** Whether some of the posts may be hard to read. */
export function hasDistressingPost(posts: readonly PostRow[]): boolean {
  return posts.some(
    (post) =>
      post.status === 'published' &&
      (isFolded(post) || post.contentWarnings.length > 0 || post.addedNotes.length > 0),
  );
}

export interface GroundingView {
  href: string;
  name: string;
  time: string;
}

export function groundingView(row: GroundingRow, i18n: Translator): GroundingView {
  return {
    href: `/strategies/${row.slug}`,
    name: row.name,
    time: i18n.t('threads.grounding.minutes', { count: row.minutes }),
  };
}
