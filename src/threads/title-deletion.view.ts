import type { Translator } from '../i18n/translator.js';
import type { PostRow } from '../posts/post.view.js';
import { canDeleteTitle } from '../posts/posts.policy.js';

/** What a title says once its author deleted the opening, or the title alone. */
const EMPTY_TITLES = ['posts.take-back.title-gone', 'posts.take-back.title-none'];

/**
 * The title outlasts an opening that was deleted before titles went with it.
 * @returns where its author deletes it; null for others, and where it says nothing already
 */
export function titleDeletion(
  title: string,
  posts: readonly PostRow[],
  i18n: Translator,
): string | null {
  const opening = posts.find(({ number }) => number === 1);
  const empty = EMPTY_TITLES.some((key) => i18n.t(key) === title);
  return opening?.status === 'withdrawn' && !empty && canDeleteTitle(opening)
    ? `/posts/${opening.id}/delete-title`
    : null;
}
