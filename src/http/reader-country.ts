import type { Request } from 'express';
import { COUNTRY_COOKIE, cookieName, readCookie } from './cookies.js';
import type { Config } from '../kernel/config.js';
import { isCountry } from '../kernel/countries.js';

/** Where the country comes from; if nobody chose it, the page says how it was determined. */
type CountryBy = 'asked' | 'kept' | 'settings' | 'language' | 'site';

export interface ReaderCountry {
  readonly code: string;
  readonly by: CountryBy;
}

/**
 * Language tags with which systems are often shipped outside their region. They indicate the
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
 * The region of the preferred language, if it indicates a country: it must come first in the list,
 * name a country, and not be a tag that devices are commonly shipped with outside that country.
 * @param header Accept-Language
 * @returns the country code, or null
 */
export function indicativeRegion(header: string | undefined): string | null {
  const first = header?.split(',')[0]?.split(';')[0]?.trim() ?? '';
  const parts = /^([A-Za-z]{2,3})(?:-[A-Za-z]{4})?-([A-Za-z]{2})$/.exec(first);
  if (parts === null) return null;
  const region = (parts[2] ?? '').toUpperCase();
  const variety = `${(parts[1] ?? '').toLowerCase()}-${region}`;
  return isCountry(region) && !DELIVERED.has(variety) ? region : null;
}

/** @returns the country code that a link or form of "Help now" requests; null if there is none */
export function requestedCountry(req: Request): string | null {
  const requested = req.query.country;
  return typeof requested === 'string' && requested !== '' ? requested.toUpperCase() : null;
}

/**
 * The country whose helplines are shown, the same on every page. In order of precedence: the
 * requested country; the last choice (on this device, then in the member's settings, which clear
 * the device's choice when saved); the region of the preferred language; the operator's country.
 * Never derived from the IP address.
 */
export function readerCountry(req: Request, config: Config): ReaderCountry {
  const requested = req.path === '/help-now' ? requestedCountry(req) : null;
  if (isCountry(requested)) return { code: requested, by: 'asked' };
  const fromCookie = readCookie(req, cookieName(config, COUNTRY_COOKIE));
  if (isCountry(fromCookie)) return { code: fromCookie, by: 'kept' };
  const own = req.viewer?.country;
  if (isCountry(own)) return { code: own, by: 'settings' };
  const region = indicativeRegion(req.headers['accept-language']);
  return region === null
    ? { code: config.DEFAULT_COUNTRY, by: 'site' }
    : { code: region, by: 'language' };
}

export function countryOf(req: Request, config: Config): string {
  return readerCountry(req, config).code;
}
