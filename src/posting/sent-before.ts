import type { FaultyForm } from '../http/form.js';
import type { PostSentBefore } from './post-writer.queries.js';

/** Its author went back after posting, wrote something else and sent the form again. */
export const SENT_BEFORE = 'posts.error.sent-before';

/** Whether a form has the words that it was sent with before. Those that are gone count as equal. */
export function isSameWords(
  { title, body }: PostSentBefore,
  form: { readonly title?: string; readonly body: string },
): boolean {
  if (body !== null && body !== form.body) return false;
  return title === null || form.title === undefined || title === form.title;
}

/** A form whose words are new has a new key, so that sending it once more adds them. */
export function withNewKey(form: FaultyForm): FaultyForm {
  return form.faults.some(({ key }) => key === SENT_BEFORE)
    ? { ...form, values: { ...form.values, idempotencyKey: '' } }
    : form;
}
