import type { Request, Response } from 'express';
import type { Config } from '../kernel/config.js';

/** `__Host-` wherever the browser allows it: bound to this host, the whole site, https only. */
export function cookieName(config: Config, name: string): string {
  return config.secure ? `__Host-${name}` : name;
}

/** The country that a reader chose on this device, with or without an account. */
export const COUNTRY_COOKIE = 'country';

export function readCookie(req: Request, name: string): string | undefined {
  const header = req.headers.cookie;
  if (header === undefined) return undefined;
  for (const part of header.split(';').reverse()) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || undefined;
  }
  return undefined;
}

/** @param life `session`, or `days` to live */
export function setCookie(
  res: Response,
  config: Config,
  name: string,
  value: string,
  life: { session: true } | { days: number },
): void {
  const age = 'days' in life ? `; Max-Age=${life.days * 86_400}` : '';
  res.append(
    'Set-Cookie',
    `${cookieName(config, name)}=${value}; Path=/; HttpOnly; SameSite=Lax${age}${config.secure ? '; Secure' : ''}`,
  );
}

export function dropCookie(res: Response, config: Config, name: string): void {
  setCookie(res, config, name, '', { days: 0 });
}
