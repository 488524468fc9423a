import { formView, type FormView } from '../http/form-page.js';
import { idempotencyKeyOf, textOf } from '../http/form-values.js';
import type { InvalidForm } from '../http/form.js';
import type { TickOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import type { AccessibleThread } from '../threads/thread-access.js';
import type { MergeFacts, SimilarThread } from './merge.queries.js';
import type { MergePlan } from './merging.service.js';

/** The page on which the other thread is chosen. */
export interface MergeChoiceView {
  threadId: string;
  title: string;
  suggestions: TickOption[] | null;
  /** The reason that was sent with a thread that cannot be merged. */
  reason: string;
  form: FormView;
}

/** The page that says what will happen. */
export interface MergeConfirmView {
  threadId: string;
  title: string;
  /** The id of the other thread. */
  other: string;
  older: ThreadFactsView;
  newer: ThreadFactsView;
  /** One of them has replies, and the author of the other would no longer wait for one. */
  waits: boolean;
  form: FormView;
  idempotencyKey: string;
}

interface ThreadFactsView {
  href: string;
  title: string;
  facts: string;
}

/** @param faulty the entered thread, if the two cannot be merged */
export function mergeChoiceView(
  thread: AccessibleThread,
  suggestions: readonly SimilarThread[],
  i18n: Translator,
  faulty?: InvalidForm,
): MergeChoiceView {
  const faults = (faulty?.faults ?? []).map((fault) => ({ ...fault, field: 'address' }));
  const form = formView(i18n, faulty && { ...faulty, faults });
  const options = suggestions.map(({ id, title, lastPostAt }) => ({
    value: id,
    label: title,
    hint: i18n.t('threads.merge.last', { when: i18n.when(lastPostAt) }),
    checked: false,
  }));
  return {
    threadId: thread.id,
    title: thread.title,
    suggestions: options.length === 0 ? null : options,
    reason: textOf(form.values.reason),
    form,
  };
}

/** @param faulty the form, if its reason is missing or too long */
export function mergeConfirmView(
  thread: AccessibleThread,
  { older, newer }: MergePlan,
  i18n: Translator,
  faulty?: InvalidForm,
): MergeConfirmView {
  const form = formView(i18n, faulty);
  return {
    threadId: thread.id,
    title: thread.title,
    other: older.id === thread.id ? newer.id : older.id,
    older: factsView(older, i18n),
    newer: factsView(newer, i18n),
    waits: (older.replyCount === 0) !== (newer.replyCount === 0),
    form,
    idempotencyKey: idempotencyKeyOf(form.values),
  };
}

function factsView({ id, title, posts, createdAt }: MergeFacts, i18n: Translator): ThreadFactsView {
  return {
    href: `/t/${id}`,
    title,
    facts: i18n.t('threads.merge.facts', { posts, when: i18n.when(createdAt) }),
  };
}
