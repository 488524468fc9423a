import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { Config } from '../kernel/config.js';
import { NotSignedIn, StaleForm, WrongMethod } from '../kernel/errors.js';
import { newToken, sameText, sign } from '../kernel/ids.js';
import { cookieName, readCookie, setCookie } from './cookies.js';
import { candidateOf } from './page-candidate.js';

const PURPOSE = 'csrf';
const GUEST_COOKIE = 'guest';

/** What the token is bound to: the session, or for guests a cookie of their own. */
function binding(req: Request, config: Config): string | undefined {
  return (
    readCookie(req, cookieName(config, 'session')) ??
    readCookie(req, cookieName(config, GUEST_COOKIE))
  );
}

/**
 * What a script asked for in the background: nobody sees a form in its answer. A page that comes
 * through the service worker has no destination either, but asks for HTML.
 */
function isBackground(req: Request): boolean {
  const { 'sec-fetch-dest': destination = 'document', accept = '' } = req.headers;
  return destination !== 'document' && !accept.includes('text/html');
}

/**
 * The token for a form on this page; a guest without a cookie gets one now, so only pages with
 * forms set it. An error page in the background does not: its cookie would replace that of a page
 * which loads meanwhile, whose forms would then be refused.
 */
export function csrfToken(req: Request, res: Response, config: Config): string {
  candidateOf(res)?.spoil();
  let bound = binding(req, config);
  if (bound === undefined) {
    bound = newToken(18);
    if (isBackground(req)) return masked(sign(config.secret, PURPOSE, bound));
    setCookie(res, config, GUEST_COOKIE, bound, { session: true });
    req.headers.cookie = `${req.headers.cookie ?? ''}; ${cookieName(config, GUEST_COOKIE)}=${bound}`;
  }
  return masked(sign(config.secret, PURPOSE, bound));
}

/**
 * Under a fresh mask on every page: the same token never looks the same twice, so compression
 * cannot be asked about it.
 */
function masked(token: string): string {
  const plain = Buffer.from(token, 'base64url');
  const mask = randomBytes(plain.length);
  return Buffer.concat([mask, plain.map((byte, at) => byte ^ (mask[at] ?? 0))]).toString(
    'base64url',
  );
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
  // A form opened before log-in carries the guest's token; it is as good while the guest cookie
  // lives.
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
  // Without a referrer, browsers send `null` even to the page's own site; the token then decides
  // alone.
  if (origin === undefined || origin === 'null') return true;
  const own = [config.baseUrl, `${req.protocol}://${req.headers.host ?? ''}`];
  return own.includes(origin);
}

/**
 * Paths that other programs post to: mail programs (RFC 8058) and the JSON interface, each with a
 * token of its own.
 */
const EXEMPT = ['/unsubscribe/', '/api/', '/webhooks/'];

/** Forms that people send without an account. */
const GUESTS_FORM =
  /^\/(?:(?:display|forgot|login|logout|report-illegal|reset|resources|signup|verify)(?:\/|$)|settings\/security\/address\/)/;

/**
 * Whether a form is one of the members' that comes without a session, from a page of this site: the
 * session ended while somebody wrote. Sending it once more would lead to the log-in all the same.
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
    // Pages know no other; nothing behind this guard is ever asked by them.
    if (req.method !== 'POST') {
      next(new WrongMethod(['GET', 'HEAD', 'POST']));
      return;
    }
    const token = (req.body as { _csrf?: unknown } | undefined)?._csrf;
    if (originFits(req, config) && tokenFits(req, config, token)) next();
    else next(isAfterSession(req, config) ? new NotSignedIn() : new StaleForm());
  };
}
