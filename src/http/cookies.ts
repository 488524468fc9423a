import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';
import type { Config } from '../kernel/config.js';

/**
 * Adds the `__Host-` prefix over https: the cookie is then bound to this host, all paths and https.
 */
export function cookieName(config: Config, name: string): string {
  return config.secure ? `__Host-${name}` : name;
}

/** Cookie for the country that a reader chose on this device, with or without an account. */
export const COUNTRY_COOKIE = 'country';

/**
 * Cookie that marks a shared device until the browser is closed or someone logs out, so also after
 * the session has expired.
 */
export const SHARED_COOKIE = 'shared';

/** Our values are tokens and codes that need no encoding. */
const plain = (value: string): string => value;

type Cookies = Record<string, string | undefined>;

/** Caches the parsed cookies of a request, since a page reads many of them. */
const read = new WeakMap<Request, { header: string; cookies: Cookies }>();

/** Reads a cookie. If a name occurs twice, the last value wins; an empty value is undefined. */
export function readCookie(req: Request, name: string): string | undefined {
  const header = req.headers.cookie;
  if (header === undefined) return undefined;
  let cached = read.get(req);
  if (cached?.header !== header) {
    // The parser keeps the first value of a repeated name, so the order is reversed.
    const lastFirst = header.split(';').reverse().join(';');
    cached = { header, cookies: parseCookie(lastFirst, { decode: plain }) };
    read.set(req, cached);
  }
  return cached.cookies[name] || undefined;
}

/**
 * Sets an HttpOnly cookie for all paths of this host.
 * @param life until the browser is closed, days, or seconds
 */
export function setCookie(
  res: Response,
  config: Config,
  name: string,
  value: string,
  life: { session: true } | { days: number } | { seconds: number },
): void {
  const cookie = stringifySetCookie(cookieName(config, name), value, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: config.secure,
    encode: plain,
    ...('days' in life ? { maxAge: life.days * 86_400 } : {}),
    ...('seconds' in life ? { maxAge: life.seconds } : {}),
  });
  res.append('Set-Cookie', cookie);
}

export function dropCookie(res: Response, config: Config, name: string): void {
  setCookie(res, config, name, '', { days: 0 });
}
