import type { DisclosureReport } from '../disclosure/disclosure-check.js';
import { formView, type FormView } from '../http/form-page.js';
import type { InvalidForm, Values } from '../http/form.js';
import { tickOptions, type SelectOption, type TickOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import { newToken } from '../kernel/ids.js';
import { endingOptions, noteOptions } from './compose.view.js';
import { disclosureReviewView, type DisclosureReviewView } from './disclosure-review.view.js';
import type { AccessiblePost } from './post-access.js';
import { postPath } from './post-address.js';
import { chosenLanguage, textLanguageOptions } from './text-language.view.js';
import type { CurrentText, DerivedStrategy } from './post-history.queries.js';

export interface PostEditView {
  id: string;
  /** URL that the form is submitted to; also the place of its draft. */
  place: string;
  form: FormView;
  version: string | string[];
  /** Whether the post opens a thread, whose title is edited with it. */
  opens: boolean;
  notes: TickOption[];
  endings: TickOption[];
  languages: SelectOption[];
  /** The quoted posts, ticked if they stay; null if there are none. */
  quotes: TickOption[] | null;
  back: string;
  readers: string;
  draft: boolean;
  draftKey: string | string[];
  disclosureReview: DisclosureReviewView | null;
}

export interface PostEditFacts {
  readonly post: AccessiblePost;
  readonly current: CurrentText;
  readonly quoted: readonly { readonly id: string; readonly number: number }[];
  /** Null if there is no draft, or if the form has validation errors. */
  readonly draft: Values | null;
  readonly faulty?: InvalidForm;
  /** Details in the submitted text that the author has not reviewed yet. */
  readonly disclosure?: DisclosureReport;
}

/** The address of a post's edit form. */
export function editPath(postId: string): string {
  return `/posts/${postId}/edit`;
}

export function postEditView(facts: PostEditFacts, i18n: Translator): PostEditView {
  const { post, current, draft, disclosure } = facts;
  const place = editPath(post.id);
  const form = formView(i18n, facts.faulty, {
    // A draft contains the whole form: a check box that it lacks was not ticked.
    ...(draft ?? {
      ...current,
      language: chosenLanguage(current.language, current.body),
      quotes: facts.quoted.map(({ id }) => id),
    }),
    version: String(post.version),
  });
  return {
    id: post.id,
    place,
    form,
    opens: post.number === 1,
    version: form.values.version ?? String(post.version),
    notes: noteOptions(i18n, form.values.contentWarnings),
    endings: endingOptions(i18n, form.values.ending),
    languages: textLanguageOptions(i18n, form.values.language),
    quotes: quoteOptions(facts, form.values, i18n),
    back: postPath(post.threadId, post.number),
    readers: i18n.t(`posts.readers.${post.readers}`),
    draft: draft !== null,
    draftKey: form.values.draftKey ?? newToken(9),
    disclosureReview:
      disclosure === undefined
        ? null
        : disclosureReviewView(
            i18n,
            disclosure,
            form.values,
            { action: place, change: '#body' },
            { ...current, title: post.number === 1 ? current.title : '' },
          ),
  };
}

function quoteOptions(
  { quoted }: PostEditFacts,
  values: Values,
  i18n: Translator,
): TickOption[] | null {
  if (quoted.length === 0) return null;
  const numbers = new Map(quoted.map(({ id, number }) => [id, number]));
  return tickOptions([...numbers.keys()], values.quotes, (id) =>
    i18n.t('posts.edit.quote', { number: numbers.get(id) ?? 0 }),
  );
}

export interface WithdrawalView {
  id: string;
  /** Whether the post opens a thread, whose title can be deleted too. */
  opens: boolean;
  /** Strategies that the author created from the post; they stay until they are withdrawn. */
  strategies: { href: string; name: string }[];
  back: string;
}

export function withdrawalView(
  post: AccessiblePost,
  strategies: readonly DerivedStrategy[],
): WithdrawalView {
  return {
    id: post.id,
    opens: post.number === 1,
    strategies: strategies.map(({ slug, name }) => ({ href: `/strategies/${slug}`, name })),
    back: postPath(post.threadId, post.number),
  };
}
