import type { Translator } from '../i18n/translator.js';
import { displayNames } from '../kernel/intl.js';

export const KINDS = ['directory', 'professional', 'peer', 'information'] as const;
export const PROBLEMS = ['dead', 'moved', 'wrong', 'unsafe'] as const;

/** The code that stands for every country. */
export const WORLDWIDE = 'ZZ';

/** Days after which an entry must be checked again, as addresses and offers change. */
export const CHECK_DAYS = 90;

export function countryName(i18n: Translator, code: string): string {
  return code === WORLDWIDE
    ? i18n.t('resources.everywhere')
    : (displayNames(i18n.locale, 'region').of(code) ?? code);
}

export function languageName(i18n: Translator, code: string): string {
  return displayNames(i18n.locale, 'language').of(code) ?? code;
}

/** Whether it is an ISO code of a country or language. */
export function isKnownCode(type: 'region' | 'language', code: string): boolean {
  const shape = type === 'region' ? /^[A-Z]{2}$/ : /^[a-z]{2}$/;
  return (
    shape.test(code) &&
    (code === WORLDWIDE || displayNames('en', type, 'none').of(code) !== undefined)
  );
}
