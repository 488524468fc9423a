import { parseCookie, stringifySetCookie } from 'cookie';
import type { Request, Response } from 'express';
import type { Config } from '../kernel/config.js';

/** `__Host-` wherever the browser allows it: bound to this host, the whole site, https only. */
export function cookieName(config: Config, name: string): string {
  return config.secure ? `__Host-${name}` : name;
}

/** The country that a reader chose on this device, with or without an account. */
export const COUNTRY_COOKIE = 'country';

/**
 * Others use the device too: until the browser is closed or somebody logs out, so also after the
 * session ended by itself.
 */
export const SHARED_COOKIE = 'shared';

/** Values are tokens and codes of ours, which need no encoding. */
const plain = (value: string): string => value;

type Cookies = Record<string, string | undefined>;

/** What a request brought, read once: a page asks for many names. */
const read = new WeakMap<Request, { header: string; cookies: Cookies }>();

/** The value that came last where a name came twice; undefined where it is empty. */
export function readCookie(req: Request, name: string): string | undefined {
  const header = req.headers.cookie;
  if (header === undefined) return undefined;
  let known = read.get(req);
  if (known?.header !== header) {
    // The parser takes the first of a name.
    const lastFirst = header.split(';').reverse().join(';');
    known = { header, cookies: parseCookie(lastFirst, { decode: plain }) };
    read.set(req, known);
  }
  return known.cookies[name] || undefined;
}

/**
 * For every path of this host, out of reach of scripts.
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
