import { languageOf, TEXT_LANGUAGES } from '../content/text-language.js';
import type { SelectOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import { displayNames } from '../kernel/intl.js';

/** The language of a text that differs from the page's. */
export interface TextLanguage {
  code: string;
  /** "in Spanish", in the language of the page. */
  label: string;
}

/** @returns null for a text in the language of the page, or in an unknown language */
export function textLanguage(code: string | null, i18n: Translator): TextLanguage | null {
  if (code === null || code === i18n.locale) return null;
  return { code, label: i18n.t('posts.in-language', { language: languageName(code, i18n) }) };
}

/** "Spanish", in the language of the page. */
export function languageName(code: string, i18n: Translator): string {
  return displayNames(i18n.locale, 'language').of(code) ?? code;
}

const isCode = (text: string): boolean => /^[a-z]{2,3}$/.test(text);

/** The languages to choose from, by name, in the collation order of the page's language. */
const sorted = new Map<string, readonly { value: string; label: string }[]>();

function named(locale: string): readonly { value: string; label: string }[] {
  let list = sorted.get(locale);
  if (list === undefined) {
    const names = displayNames(locale, 'language');
    const order = new Intl.Collator(locale);
    list = TEXT_LANGUAGES.map((value) => ({ value, label: names.of(value) ?? value })).sort(
      (a, b) => order.compare(a.label, b.label),
    );
    sorted.set(locale, list);
  }
  return list;
}

/**
 * Options for the language of a text, after "detect automatically".
 * @param chosen the submitted value
 */
export function textLanguageOptions(
  i18n: Translator,
  chosen: string | string[] | undefined,
): SelectOption[] {
  return [{ value: '', label: i18n.t('posts.form.language-auto') }, ...named(i18n.locale)].map(
    (option) => ({ ...option, selected: option.value === (chosen ?? '') }),
  );
}

/**
 * Options for the language of a community.
 * @param chosen the submitted or stored code, which is an option even if it is not a known language
 */
export function communityLanguageOptions(i18n: Translator, chosen: string): SelectOption[] {
  const known = named(i18n.locale);
  const others = known.some(({ value }) => value === chosen)
    ? []
    : [{ value: chosen, label: isCode(chosen) ? languageName(chosen, i18n) : chosen }];
  return [...others, ...known].map((option) => ({ ...option, selected: option.value === chosen }));
}

/**
 * The author's choice behind a stored language: '' if the text's language is detected, so that a
 * text rewritten in another language is detected again.
 */
export function chosenLanguage(stored: string | null, body: string): string {
  return stored === null || languageOf(body, stored) === stored ? '' : stored;
}
