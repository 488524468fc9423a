import { needsModerator } from '../disclosure/disclosure-check.js';
import type { AccessiblePost } from './post-access.js';
import type { EditPost } from './post.dto.js';
import type { Post } from './post.entity.js';
import type { SubmissionResult } from './submission.js';

/** The words of an edited post, with the title of the thread. */
export type EditedWords = EditPost & { readonly title: string };

/**
 * Whether an edit removed the personal detail for which alone the post was held: any other reason
 * would take precedence or be found again.
 */
export function detailRemoved(
  access: AccessiblePost,
  post: Post,
  form: EditedWords,
  result: SubmissionResult,
): boolean {
  if (
    post.status !== 'held' ||
    post.heldFor !== 'detail' ||
    result.hold !== null ||
    !result.complete
  )
    return false;
  const [before, after] = post.number === 1 ? [access.title, form.title] : ['', ''];
  return (
    needsModerator({ title: before, body: post.body, summary: post.summary }, result.answers) &&
    !needsModerator({ title: after, body: form.body, summary: form.summary }, result.answers)
  );
}
