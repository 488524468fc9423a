import { needsModerator } from '../disclosure/disclosure-check.js';
import type { AccessiblePost } from './post-access.js';
import { EditPost } from './post.dto.js';
import type { Post } from './post.entity.js';
import type { SubmissionResult } from './submission.js';
import { chosenLanguage } from './text-language.view.js';

/** The text of an edited post, with the title of the thread. */
export type EditedWords = EditPost & { readonly title: string };

/** The fields that an edit changes; omitted fields stay unchanged. */
export type PostChanges = Pick<EditPost, 'body' | 'version'> & Partial<EditPost>;

/** The post as it is after the edit; a reply keeps the title of its thread. */
export function editedWords(access: AccessiblePost, post: Post, changes: PostChanges): EditedWords {
  const { contentWarnings, summary, ending } = post;
  const language = chosenLanguage(post.language, post.body);
  const { title = access.title } = access.number === 1 ? changes : {};
  const kept = { contentWarnings, summary, ending, language };
  return Object.assign(new EditPost(), kept, changes, { title });
}

/**
 * Whether an edit removed the personal detail that was the only reason for the hold: any other
 * reason would take precedence or be found again.
 */
export function removesDetail(
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
