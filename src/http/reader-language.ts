import type { Request } from 'express';
import { FALLBACK_LOCALE, type Messages } from '../i18n/messages.js';
import type { Config } from '../kernel/config.js';
import { cookieName, readCookie } from './cookies.js';

/** The language that a reader chose on this device, with or without an account. */
export const LOCALE_COOKIE = 'locale';

/** The language that the reader chose, on this device or for the account; null for none. */
export function chosenLanguage(req: Request, config: Config): string | null {
  return readCookie(req, cookieName(config, LOCALE_COOKIE)) ?? req.viewer?.locale ?? null;
}

/**
 * What the reader reads, best first: the choice on this device, that of the account, and what the
 * browser asks for, by its weights and without varieties ("de" for "de-AT").
 */
export function wishedLanguages(req: Request, config: Config): string[] {
  return [
    readCookie(req, cookieName(config, LOCALE_COOKIE)),
    req.viewer?.locale,
    ...req.acceptsLanguages().map((each) => each.split('-')[0]?.toLowerCase()),
  ].filter((each) => each !== undefined && each !== null);
}

/**
 * The first of the wished languages in which the page is there whole, English else: no page mixes
 * languages.
 * @param page address, or template of an error page
 * @param keys of messages that the page shows beside its own
 */
export function pageLanguage(
  wished: readonly string[],
  messages: Messages,
  page: string,
  keys: readonly string[] = [],
): string {
  const fits = (locale: string): boolean =>
    messages.coverageOf(locale)?.covers(page) === true &&
    keys.every((key) => messages.has(key, locale));
  return wished.find(fits) ?? FALLBACK_LOCALE;
}

/** The first of the wished languages that emails are in; null where none is. */
export function mailLanguage(wished: readonly string[], messages: Messages): string | null {
  return wished.find((locale) => messages.coverageOf(locale)?.mails === true) ?? null;
}
