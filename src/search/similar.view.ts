import type { Values } from '../http/form.js';
import { hiddenFields, textOf, type HiddenField } from '../http/form-values.js';
import type { Translator } from '../i18n/translator.js';
import { similarView, type SimilarView } from './search-results.view.js';
import type { SimilarContent } from './similar.service.js';

export interface SimilarToThreadView extends SimilarView {
  thread: { title: string; href: string };
}

export function similarToThreadView(
  thread: { readonly id: string; readonly title: string },
  similar: SimilarContent,
  i18n: Translator,
): SimilarToThreadView {
  return {
    thread: { title: thread.title, href: `/t/${thread.id}` },
    ...similarView(similar, i18n),
  };
}

export interface SimilarToDraftView extends SimilarView {
  community: { name: string; href: string };
  place: string;
  /** The fields of the draft, to submit again. */
  kept: HiddenField[];
  /** Whether anything has been written yet. */
  written: boolean;
}

/** @param values the submitted form for a new thread */
export function similarToDraftView(
  community: { readonly slug: string; readonly name: string },
  values: Values,
  similar: SimilarContent,
  i18n: Translator,
): SimilarToDraftView {
  return {
    community: { name: community.name, href: `/c/${community.slug}` },
    place: `/c/${community.slug}/threads`,
    kept: hiddenFields(values, ['_csrf', 'place']),
    written: draftText(values) !== '',
    ...similarView(similar, i18n),
  };
}

/** Title and body of a draft. */
export function draftText(values: Values): string {
  return `${textOf(values.title)} ${textOf(values.body)}`.trim();
}
