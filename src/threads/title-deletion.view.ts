import type { Translator } from '../i18n/translator.js';
import type { PostRow } from '../posts/post.view.js';
import { canDeleteTitle } from '../posts/posts.policy.js';

/**
 * Message keys of the titles that replace a deleted one: the opening was deleted, or only the
 * title.
 */
const EMPTY_TITLES = ['posts.take-back.title-gone', 'posts.take-back.title-none'];

/**
 * In older data, titles remained after their opening was deleted.
 * @returns the URL where its author deletes it; null for others, and if it is already replaced
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
