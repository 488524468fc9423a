import type { NextFunction, Request, Response } from 'express';
import { cookieName, readCookie } from '../http/cookies.js';
import type { Config } from '../kernel/config.js';
import { isDatabaseUnreachable } from '../kernel/database-errors.js';
import type { Sessions } from './sessions.service.js';

/** Paths that must work while the database is unreachable, with or without a session. */
const ALWAYS = ['/help-now', '/leave', '/leaving-quickly', '/healthz', '/readyz'];

/**
 * Authenticated by access token only: requests forged by another site carry cookies, but no token.
 */
const JSON_API = '/api/v1/';

/**
 * Authenticates a member by the session cookie, and sets `req.viewer`. Makes no query if there is
 * no cookie. Called directly rather than as a Passport strategy, which Passport copies for every
 * request.
 */
export function sessionMiddleware(config: Config, sessions: Sessions) {
  const cookie = cookieName(config, 'session');
  return (req: Request, _res: Response, next: NextFunction): void => {
    req.viewer = null;
    const token = readCookie(req, cookie);
    if (token === undefined || req.path === '/healthz' || req.path.startsWith(JSON_API)) {
      next();
      return;
    }
    sessions.viewerOf(token).then(
      (viewer) => {
        req.viewer = viewer;
        next();
      },
      (error: unknown) =>
        next(isDatabaseUnreachable(error) && ALWAYS.includes(req.path) ? undefined : error),
    );
  };
}
