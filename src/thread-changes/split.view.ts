import { formView, type FormView } from '../http/form-page.js';
import { idempotencyKeyOf, listOf } from '../http/form-values.js';
import type { InvalidForm } from '../http/form.js';
import type { Translator } from '../i18n/translator.js';
import { authorName } from '../posts/author.js';
import type { ReplyToMove } from './split.queries.js';
import type { SplitChoices } from './splitting.service.js';

export interface SplitFormView {
  threadId: string;
  title: string;
  posts: { value: string; label: string; hint: string; checked: boolean }[];
  /** The number from which replies are listed. */
  from: number;
  /** The page with later replies. */
  next: string | null;
  form: FormView;
  idempotencyKey: string;
}

export function splitFormView(
  { thread, replies, next }: SplitChoices,
  from: number,
  i18n: Translator,
  faulty?: InvalidForm,
): SplitFormView {
  const form = formView(i18n, faulty);
  const chosen = listOf(form.values.post);
  return {
    threadId: thread.id,
    title: thread.title,
    posts: replies.map((row) => ({
      value: row.id,
      label: i18n.t('threads.split.post', {
        number: row.number,
        name: authorName(row, i18n),
        when: i18n.when(row.createdAt),
      }),
      hint: excerptOf(row, i18n),
      checked: chosen.includes(row.id),
    })),
    from,
    next: next === null ? null : `/t/${thread.id}/split?from=${next}`,
    form,
    idempotencyKey: idempotencyKeyOf(form.values),
  };
}

/** The beginning of the text in one line; of a post that others do not see, its state instead. */
function excerptOf({ body, status }: ReplyToMove, i18n: Translator): string {
  if (status !== 'published') return i18n.t(`moderation.status.${status}`);
  const text = body.replace(/\s+/gu, ' ').trim();
  return text.length > 140 ? `${text.slice(0, 140).trimEnd()}…` : text;
}
