import type { Request } from 'express';
import { FALLBACK_LOCALE, type Messages } from '../i18n/messages.js';
import { ComputedOnce } from '../kernel/computed-once.js';
import type { Config } from '../kernel/config.js';
import { cookieName, readCookie } from './cookies.js';

/** Cookie for the language that a reader chose on this device, with or without an account. */
export const LOCALE_COOKIE = 'locale';

/** The language that the reader chose on this device or for the account; null if none. */
export function chosenLanguage(req: Request, config: Config): string | null {
  return readCookie(req, cookieName(config, LOCALE_COOKIE)) ?? req.viewer?.locale ?? null;
}

/**
 * The reader's languages in order of preference: the choice on this device, the account's, then the
 * browser's by weight and without regions ("de" for "de-AT").
 */
export function preferredLanguages(req: Request, config: Config): string[] {
  return [
    readCookie(req, cookieName(config, LOCALE_COOKIE)),
    req.viewer?.locale,
    ...acceptedLanguages(req),
  ].filter((each) => each !== undefined && each !== null);
}

/** Browsers send few different headers, and parsing one costs more than the rest of the choice. */
const accepted = new ComputedOnce<readonly string[]>(200);

function acceptedLanguages(req: Request): readonly string[] {
  return accepted.get(req.headers['accept-language'] ?? '*', () =>
    req.acceptsLanguages().flatMap((each) => each.split('-')[0]?.toLowerCase() ?? []),
  );
}

/**
 * The most preferred language that covers the whole page, or English: no page mixes languages.
 * @param page URL path, or template of an error page
 * @param keys of messages that the page shows in addition to its own
 */
export function pageLanguage(
  preferred: readonly string[],
  messages: Messages,
  page: string,
  keys: readonly string[] = [],
): string {
  const fits = (locale: string): boolean =>
    messages.coverageOf(locale)?.covers(page) === true &&
    keys.every((key) => messages.has(key, locale));
  return preferred.find(fits) ?? FALLBACK_LOCALE;
}

/** The most preferred language that emails are translated to; null if there is none. */
export function mailLanguage(preferred: readonly string[], messages: Messages): string | null {
  return preferred.find((locale) => messages.coverageOf(locale)?.mails === true) ?? null;
}
