import { randomFillSync } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { Config } from '../kernel/config.js';
import { NotSignedIn, StaleForm, WrongMethod } from '../kernel/errors.js';
import { newToken, sameText, sign } from '../kernel/ids.js';
import { cookieName, readCookie, setCookie } from './cookies.js';
import { cacheCandidateOf } from './page-candidate.js';

const PURPOSE = 'csrf';
const GUEST_COOKIE = 'guest';

/** What the token is bound to: the session, or a separate cookie for guests. */
function binding(req: Request, config: Config): string | undefined {
  return (
    readCookie(req, cookieName(config, 'session')) ??
    readCookie(req, cookieName(config, GUEST_COOKIE))
  );
}

/**
 * Whether a script made the request in the background, where nobody sees a form of the response. A
 * page loaded through the service worker has no destination either, but accepts HTML.
 */
function isBackground(req: Request): boolean {
  const { 'sec-fetch-dest': destination = 'document', accept = '' } = req.headers;
  return destination !== 'document' && !accept.includes('text/html');
}

/**
 * Returns the CSRF token for a form on this page. A guest without a cookie gets one now, so only
 * pages with forms set it. Error responses to background requests set none: the cookie would
 * replace that of a page loading at the same time, whose forms would then be rejected.
 */
export function csrfToken(req: Request, res: Response, config: Config): string {
  cacheCandidateOf(res)?.spoil();
  let bound = binding(req, config);
  if (bound === undefined) {
    bound = newToken(18);
    if (isBackground(req)) return masked(sign(config.secret, PURPOSE, bound));
    setCookie(res, config, GUEST_COOKIE, bound, { session: true });
    req.headers.cookie = `${req.headers.cookie ?? ''}; ${cookieName(config, GUEST_COOKIE)}=${bound}`;
  }
  return masked(sign(config.secret, PURPOSE, bound));
}

/** Bytes of randomness drawn at a time: a call costs as much as thirty masks. */
const POOL = 4_096;
let unused = Buffer.alloc(0);

/** Random bytes, each of which is used once. */
function freshBytes(length: number): Buffer {
  if (unused.length < length) unused = randomFillSync(Buffer.allocUnsafe(POOL));
  const bytes = unused.subarray(0, length);
  unused = unused.subarray(length);
  return bytes;
}

/**
 * Masks the token with fresh random bytes on every page, so that response compression cannot be
 * used to guess it (BREACH).
 */
function masked(token: string): string {
  const plain = Buffer.from(token, 'base64url');
  const { length } = plain;
  const both = Buffer.concat([freshBytes(length), plain]);
  for (let at = 0; at < length; at += 1) both[length + at] = (plain[at] ?? 0) ^ (both[at] ?? 0);
  return both.toString('base64url');
}

function unmasked(text: string): string {
  const all = Buffer.from(text, 'base64url');
  const half = all.length / 2;
  return Number.isInteger(half)
    ? Buffer.from(all.subarray(half).map((byte, at) => byte ^ (all[at] ?? 0))).toString('base64url')
    : '';
}

function tokenFits(req: Request, config: Config, token: unknown): boolean {
  if (typeof token !== 'string' || token.length > 200) return false;
  const plain = unmasked(token);
  // A form opened before logging in carries the guest's token, which stays valid while the guest
  // cookie exists.
  const bounds = [
    readCookie(req, cookieName(config, 'session')),
    readCookie(req, cookieName(config, GUEST_COOKIE)),
  ];
  return bounds.some(
    (bound) =>
      bound !== undefined &&
      config.secrets.some((secret) => sameText(plain, sign(secret, PURPOSE, bound))),
  );
}

function originFits(req: Request, config: Config): boolean {
  const site = req.headers['sec-fetch-site'];
  if (site === 'cross-site' || site === 'same-site') return false;
  const origin = req.headers.origin;
  // Without a referrer, browsers send `null` even to their own origin; then only the token decides.
  if (origin === undefined || origin === 'null') return true;
  const own = [config.baseUrl, `${req.protocol}://${req.headers.host ?? ''}`];
  return own.includes(origin);
}

/**
 * Paths that other programs post to, each with its own token: one-click unsubscribing (RFC 8058),
 * the API and webhooks.
 */
const EXEMPT = ['/unsubscribe/', '/api/', '/webhooks/'];

/** Forms that work without an account. */
const GUESTS_FORM =
  /^\/(?:(?:display|forgot|login|logout|report-illegal|reset|resources|signup|verify)(?:\/|$)|settings\/security\/address\/)/;

/**
 * Whether a members' form was submitted from this site without a session: the session expired while
 * somebody was writing. Submitting it again would lead to the log-in anyway.
 */
function isAfterSession(req: Request, config: Config): boolean {
  return (req.viewer ?? null) === null && originFits(req, config) && !GUESTS_FORM.test(req.path);
}

export function csrfGuard(config: Config) {
  return (req: Request, _res: Response, next: NextFunction): void => {
    if (req.method === 'GET' || req.method === 'HEAD' || req.method === 'OPTIONS') {
      next();
      return;
    }
    if (EXEMPT.some((path) => req.path.startsWith(path))) {
      next();
      return;
    }
    // Pages use no other method, and nothing behind this guard expects one.
    if (req.method !== 'POST') {
      next(new WrongMethod(['GET', 'HEAD', 'POST']));
      return;
    }
    const token = (req.body as { _csrf?: unknown } | undefined)?._csrf;
    if (originFits(req, config) && tokenFits(req, config, token)) next();
    else next(isAfterSession(req, config) ? new NotSignedIn() : new StaleForm());
  };
}
