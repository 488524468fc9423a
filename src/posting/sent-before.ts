import type { InvalidForm } from '../http/form.js';
import type { SubmittedPost } from './post-writer.queries.js';

/** The author went back after posting, changed the text and submitted the form again. */
export const ALREADY_SUBMITTED = 'posts.error.sent-before';

/**
 * Whether a form has the same text as when it was first submitted. Deleted text counts as equal.
 */
export function hasSameText(
  { title, body }: SubmittedPost,
  form: { readonly title?: string; readonly body: string },
): boolean {
  if (body !== null && body !== form.body) return false;
  return title === null || form.title === undefined || title === form.title;
}

/**
 * Gives a form with a changed text a new idempotency key, so that submitting it again creates a new
 * post.
 */
export function withNewIdempotencyKey(form: InvalidForm): InvalidForm {
  return form.faults.some(({ key }) => key === ALREADY_SUBMITTED)
    ? { ...form, values: { ...form.values, idempotencyKey: '' } }
    : form;
}
