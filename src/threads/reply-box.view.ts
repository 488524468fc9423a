import { agreementView, type Agreement } from '../communities/agreement.js';
import { hoursInWords } from '../communities/moderated-hours.js';
import type { FormView } from '../http/form-page.js';
import { listOf } from '../http/form-values.js';
import type { SelectOption, TickOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import { authorName } from '../posts/author.js';
import { endingOptions, noteOptions, isTicked } from '../posts/compose.view.js';
import type { OwnHelpView } from '../posts/author-card.view.js';
import type { DisclosureReviewView } from '../posts/disclosure-review.view.js';
import { postPath } from '../posts/post-address.js';
import { isFolded, type PostRow } from '../posts/post.view.js';
import { textLanguageOptions } from '../posts/text-language.view.js';
import { compareTiers } from '../review/review-targets.js';
import type { AccessibleThread } from './thread-access.js';
import type { ReferredPostRow } from './thread-posts.queries.js';
import { mayChooseAlias, mayUpdate, namesToChoose } from './threads.policy.js';

export interface ReplyBox {
  action: string;
  form: FormView;
  notes: TickOption[];
  endings: TickOption[];
  languages: SelectOption[];
  notesOpen: boolean;
  idempotencyKey: string;
  under: { alias: string | null; handle: string; choice: boolean; checked: boolean };
  /** The names to choose from, if the member has written here under several; null otherwise. */
  names: TickOption[] | null;
  /** The post that the reply answers. */
  replyTo: { id: string; href: string; text: string } | null;
  /** The posts selected for quoting, as check boxes. */
  quotes: TickOption[] | null;
  /** Strategies selected in a reply with validation errors. */
  strategies: { slugs: string[]; text: string } | null;
  /** Whether it is an update, which only the thread's author can write; null for others. */
  update: { checked: boolean } | null;
  hours: string;
  /** Who can read the reply. */
  readers: string;
  draft: boolean;
  disclosureReview: DisclosureReviewView | null;
  ownHelp: OwnHelpView | null;
  nothingToReview: boolean;
  agreement: Agreement | null;
  /** Shows advice on replying safely if a post on the page is sensitive. */
  safely: boolean;
}

/** The content of the reply form, and the posts that it refers to. */
export interface ReplyBoxFacts {
  form: FormView;
  idempotencyKey: string;
  replyTo: ReferredPostRow | null;
  quotes: readonly ReferredPostRow[];
  draft: boolean;
  disclosureReview: DisclosureReviewView | null;
  /** The author's own emergency help, if the text names danger. */
  ownHelp: OwnHelpView | null;
  /** The author requested a review, and there is nothing to review. */
  nothingToReview: boolean;
}

/** @param facts the thread and the posts on the page around the form */
export function replyBox(
  box: ReplyBoxFacts,
  facts: { thread: AccessibleThread; posts: readonly PostRow[]; now: Date },
  handle: string,
  i18n: Translator,
): ReplyBox {
  const { thread, now } = facts;
  const chosen = box.form.values.contentWarnings;
  return {
    action: `/t/${thread.id}/replies`,
    form: box.form,
    notes: noteOptions(i18n, chosen),
    endings: endingOptions(i18n, box.form.values.ending),
    languages: textLanguageOptions(i18n, box.form.values.language),
    notesOpen: chosen !== undefined && chosen.length > 0,
    idempotencyKey: box.idempotencyKey,
    under: {
      alias: thread.aliasName,
      handle,
      choice: mayChooseAlias(thread),
      checked: isTicked(box.form.values.anonymous),
    },
    names: nameOptions(thread, handle, box.form.values.writeAs),
    replyTo: box.replyTo === null ? null : answeredView(box.replyTo, thread.id, i18n),
    quotes: quoteOptions(box, i18n),
    strategies: chosenStrategies(box.form.values.strategies, i18n),
    update: mayUpdate(thread) ? { checked: isTicked(box.form.values.update) } : null,
    hours: hoursInWords(i18n, thread.hours, now),
    readers: i18n.t(`posts.readers.${thread.readers}`),
    draft: box.draft,
    disclosureReview: box.disclosureReview,
    ownHelp: box.ownHelp,
    nothingToReview: box.nothingToReview,
    safely:
      facts.posts.some(isFolded) ||
      (!thread.mine && compareTiers(thread.openingTier, 'urgent') >= 0),
    agreement: agreementView(thread),
  };
}

function nameOptions(thread: AccessibleThread, handle: string, chosen: unknown): ReplyBox['names'] {
  const names = namesToChoose(thread);
  if (names.length === 0) return null;
  return names.map(({ value, alias }) => ({
    value,
    label: alias ?? `@${handle}`,
    checked: chosen === value,
  }));
}

function answeredView(
  post: ReferredPostRow,
  threadId: string,
  i18n: Translator,
): ReplyBox['replyTo'] {
  const text = i18n.t('threads.reply.to', {
    number: post.number,
    name: authorName(post, i18n),
  });
  return { id: post.id, href: postPath(threadId, post.number), text };
}

function quoteOptions(box: ReplyBoxFacts, i18n: Translator): TickOption[] | null {
  return box.quotes.length === 0
    ? null
    : box.quotes.map((post) => ({
        value: post.id,
        label: i18n.t('threads.reply.quote', {
          number: post.number,
          name: authorName(post, i18n),
        }),
        checked: true,
      }));
}

function chosenStrategies(
  value: string | string[] | undefined,
  i18n: Translator,
): ReplyBox['strategies'] {
  const slugs = listOf(value).filter((slug) => /^[a-z0-9-]{2,80}$/.test(slug));
  return slugs.length === 0
    ? null
    : { slugs, text: i18n.t('strategies.for.chosen', { count: slugs.length }) };
}
