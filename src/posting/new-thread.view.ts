import { agreementView, type Agreement } from '../communities/agreement.js';
import { readersOfNew, type AccessibleCommunity } from '../communities/community-access.js';
import { hoursInWords } from '../communities/moderated-hours.js';
import { replyPromiseTexts } from '../communities/reply-promise.js';
import { formView, type FormView } from '../http/form-page.js';
import { idempotencyKeyOf, textOf } from '../http/form-values.js';
import { selectOptions, type SelectOption, type TickOption } from '../http/options.js';
import type { InvalidForm, Values } from '../http/form.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { choice, endingOptions, noteOptions, isTicked } from '../posts/compose.view.js';
import { textLanguageOptions } from '../posts/text-language.view.js';
import type { OwnHelpView } from '../posts/author-card.view.js';
import type { SubmissionReview } from '../posts/disclosure-review.js';
import {
  disclosureReviewView,
  type DisclosureReviewView,
} from '../posts/disclosure-review.view.js';
import { KINDS, REPLY_WISHES } from './new-thread.dto.js';
import { pollFields, type PollFields } from './poll-fields.view.js';

/** The form for a new thread. */
export interface NewThreadView {
  community: { name: string; href: string };
  /** URL that the form is submitted to; also the place of its draft. */
  place: string;
  form: FormView;
  kinds: TickOption[];
  replyWishes: TickOption[];
  notes: TickOption[];
  endings: TickOption[];
  languages: SelectOption[];
  topics: SelectOption[];
  /** Null if the community allows no aliases. */
  alias: { checked: boolean } | null;
  handle: string;
  /** The guidelines that the author must agree to; null if they already have. */
  agreement: Agreement | null;
  readers: string;
  hours: string;
  /** Null if the community allows no polls. */
  poll: PollFields | null;
  /** What happens after posting. */
  promise: string[];
  idempotencyKey: string;
  draft: boolean;
  disclosureReview: DisclosureReviewView | null;
  /** The author's own emergency help, if the text names danger. */
  ownHelp: OwnHelpView | null;
  /** The author requested a review, and there is nothing to review. */
  nothingToReview: boolean;
}

export interface NewThreadFacts {
  readonly community: AccessibleCommunity;
  readonly viewer: Viewer;
  readonly now: Date;
  /** Null if there is no draft, or if the form has validation errors. */
  readonly draft: Values | null;
  readonly faulty?: InvalidForm;
  /** What the author must review before the text is posted. */
  readonly review?: SubmissionReview;
  /** Set if the text names danger. */
  readonly ownHelp: OwnHelpView | null;
}

/** The community's topics, after "none"; empty if it has no topics. */
function topicOptions(
  topics: readonly string[],
  chosen: Values[string] | undefined,
  i18n: Translator,
): NewThreadView['topics'] {
  if (topics.length === 0) return [];
  return selectOptions(['', ...topics], textOf(chosen), (topic) =>
    topic === '' ? i18n.t('threads.new.topic-none') : topic,
  );
}

/** The path that new threads of a community are posted to. */
export function newThreadPath(slug: string): string {
  return `/c/${slug}/threads`;
}

export function newThreadView(facts: NewThreadFacts, i18n: Translator): NewThreadView {
  const { community, draft, review } = facts;
  const disclosure = review?.disclosure ?? null;
  const place = newThreadPath(community.slug);
  const form = formView(i18n, facts.faulty, draft ?? {});
  const { values } = form;
  return {
    community: { name: community.name, href: `/c/${community.slug}` },
    place,
    form,
    kinds: choice(i18n, 'threads.kind', KINDS, values.kind),
    replyWishes: choice(i18n, 'threads.wish', REPLY_WISHES, values.replyWish),
    notes: noteOptions(i18n, values.contentWarnings),
    endings: endingOptions(i18n, values.ending),
    languages: textLanguageOptions(i18n, values.language),
    topics: topicOptions(community.topics, values.topic, i18n),
    alias: community.aliasesAllowed ? { checked: isTicked(values.anonymous) } : null,
    handle: facts.viewer.handle,
    agreement: agreementView(community),
    readers: i18n.t(`posts.readers.${readersOfNew(community)}`),
    hours: hoursInWords(i18n, community.hours, facts.now),
    poll: community.pollsAllowed ? pollFields(values, i18n) : null,
    promise: replyPromiseTexts(community.promise, i18n),
    idempotencyKey: idempotencyKeyOf(values),
    draft: draft !== null,
    disclosureReview:
      disclosure === null
        ? null
        : disclosureReviewView(i18n, disclosure, values, { action: place, change: '#body' }),
    ownHelp: facts.ownHelp,
    nothingToReview: review !== undefined && disclosure === null && !review.danger,
  };
}
