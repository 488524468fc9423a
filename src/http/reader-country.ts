import type { Request } from 'express';
import { COUNTRY_COOKIE, cookieName, readCookie } from './cookies.js';
import type { Config } from '../kernel/config.js';
import { isCountry } from '../kernel/countries.js';

/** Where the choice of country comes from: the page says so where nobody made one. */
type CountryBy = 'asked' | 'kept' | 'settings' | 'language' | 'site';

export interface ReaderCountry {
  readonly code: string;
  readonly by: CountryBy;
}

/**
 * Varieties that systems are delivered with far outside of the country they name. They tell which
 * spelling a device came with, not where its owner is: American English is common on British
 * machines, British English in India, French of France in West Africa.
 */
const DELIVERED = new Set([
  'en-US',
  'en-GB',
  'es-ES',
  'es-MX',
  'es-US',
  'fr-FR',
  'pt-BR',
  'pt-PT',
  'ru-RU',
  'zh-CN',
  'ar-SA',
  'ar-EG',
  'ar-AE',
]);

/**
 * @param header Accept-Language
 * @returns the region of the language that is preferred, where that is telling: it is the first of
 *   the list, it names a country, and it is no variety that devices come with far outside of that
 *   country
 */
export function tellingRegion(header: string | undefined): string | null {
  const first = header?.split(',')[0]?.split(';')[0]?.trim() ?? '';
  const parts = /^([A-Za-z]{2,3})(?:-[A-Za-z]{4})?-([A-Za-z]{2})$/.exec(first);
  if (parts === null) return null;
  const region = (parts[2] ?? '').toUpperCase();
  const variety = `${(parts[1] ?? '').toLowerCase()}-${region}`;
  return isCountry(region) && !DELIVERED.has(variety) ? region : null;
}

/** @returns the code that a link or form of Help now asks for; null where it asks for none */
export function askedCountry(req: Request): string | null {
  const asked = req.query.country;
  return typeof asked === 'string' && asked !== '' ? asked.toUpperCase() : null;
}

/**
 * The country whose numbers are shown, the same on every page: what this request asks for, else the
 * last choice (on this device, then in the member's settings: saving those takes the device's
 * choice away), else a telling language, else the operator's country. Never by the network's
 * address.
 */
export function readerCountry(req: Request, config: Config): ReaderCountry {
  const asked = req.path === '/help-now' ? askedCountry(req) : null;
  if (isCountry(asked)) return { code: asked, by: 'asked' };
  const kept = readCookie(req, cookieName(config, COUNTRY_COOKIE));
  if (isCountry(kept)) return { code: kept, by: 'kept' };
  const own = req.viewer?.country;
  if (isCountry(own)) return { code: own, by: 'settings' };
  const region = tellingRegion(req.headers['accept-language']);
  return region === null
    ? { code: config.DEFAULT_COUNTRY, by: 'site' }
    : { code: region, by: 'language' };
}

export function countryOf(req: Request, config: Config): string {
  return readerCountry(req, config).code;
}
