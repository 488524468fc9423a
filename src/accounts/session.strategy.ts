import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { NextFunction, Request, Response } from 'express';
import passport from 'passport';
import { cookieName, readCookie } from '../http/cookies.js';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import { Config } from '../kernel/config.js';
import { isDatabaseUnreachable } from '../kernel/database-errors.js';
import { RequestStrategy } from './request-strategy.js';
import { Sessions } from './sessions.service.js';

const SESSION_STRATEGY = 'session-cookie';

/** Authenticates a member by the session cookie. */
@Injectable()
export class SessionStrategy extends PassportStrategy(RequestStrategy, SESSION_STRATEGY) {
  constructor(
    private readonly sessions: Sessions,
    private readonly config: Config,
  ) {
    super();
  }

  async validate(req: Request): Promise<Viewer | false> {
    const token = readCookie(req, cookieName(this.config, 'session'));
    return token === undefined ? false : ((await this.sessions.viewerOf(token)) ?? false);
  }
}

/** Paths that must work while the database is unreachable, with or without a session. */
const ALWAYS = ['/help-now', '/leave', '/leaving-quickly', '/healthz', '/readyz'];

/**
 * Authenticated by access token only: requests forged by another site carry cookies, but no token.
 */
const JSON_API = '/api/v1/';

/** Sets `req.viewer`. Makes no query if there is no cookie. */
export function sessionMiddleware(config: Config) {
  return (req: Request, res: Response, next: NextFunction): void => {
    req.viewer = null;
    if (
      readCookie(req, cookieName(config, 'session')) === undefined ||
      req.path === '/healthz' ||
      req.path.startsWith(JSON_API)
    ) {
      next();
      return;
    }
    const authenticated = (error: unknown, viewer: MaybeViewer | false): void => {
      req.viewer = viewer === false ? null : viewer;
      const isTolerated =
        error !== null && isDatabaseUnreachable(error) && ALWAYS.includes(req.path);
      next(error === null || error === undefined || isTolerated ? undefined : error);
    };
    (
      passport.authenticate(SESSION_STRATEGY, { session: false }, authenticated as never) as (
        req: Request,
        res: Response,
        next: NextFunction,
      ) => void
    )(req, res, next);
  };
}
