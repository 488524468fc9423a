import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import type { Scope } from '../accounts/access-token-scopes.js';
import { AccessTokens } from '../accounts/access-tokens.service.js';
import { Layout } from '../http/layout.js';
import { RateLimits } from '../http/rate-limit.js';
import { networkOf } from '../http/request.js';
import { isSuspended } from '../http/viewer.js';
import { Forbidden, InvalidToken, MissingScope, NotSignedIn } from '../kernel/errors.js';
import { OPERATION_KEY, type OperationFacts } from './documented.js';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace Express {
    interface Request {
      /** The scopes of the access token; undefined without a token. */
      scopes?: readonly Scope[];
    }
  }
}

/** Requests for each token in a minute, across all processes. */
export const TOKEN_REQUESTS = 300;
/** Requests with invalid tokens from one network in a minute. */
export const FALSE_TOKENS = 60;

/** Authenticates API requests by access token only. Cookies are ignored, which rules out CSRF. */
@Injectable()
export class ApiGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: AccessTokens,
    private readonly layout: Layout,
    private readonly limits: RateLimits,
  ) {}

  /**
   * @throws NotSignedIn, InvalidToken, MissingScope if the token is missing, invalid or lacks a
   *   scope
   * @throws Forbidden while the account is suspended
   * @throws TooManyRequests above the rate limit
   */
  async canActivate(context: ExecutionContext): Promise<true> {
    const req = context.switchToHttp().getRequest<Request>();
    const res = context.switchToHttp().getResponse<Response>();
    const facts = this.reflector.get<OperationFacts>(OPERATION_KEY, context.getHandler());
    req.viewer = null;
    res.setHeader('Cache-Control', 'private, no-store');
    if (facts.public !== true) {
      res.setHeader('Vary', 'Authorization, Accept-Language');
      if (req.headers.authorization !== undefined) await this.identify(req, facts.scope);
      else if (facts.open !== true) throw new NotSignedIn();
    }
    req.i18n = this.layout.wordsFor(req);
    res.setHeader('Content-Language', req.i18n.locale);
    return true;
  }

  private async identify(req: Request, scope: Scope | null): Promise<void> {
    const token = /^bearer ([\w.~+/=-]{1,200})$/i.exec(req.headers.authorization ?? '')?.[1];
    const holder = token === undefined ? null : await this.tokens.holderOf(token);
    if (holder === null) {
      await this.limits.count('false-token', networkOf(req), FALSE_TOKENS, 60);
      throw new InvalidToken();
    }
    await this.limits.count('token', holder.tokenId, TOKEN_REQUESTS, 60);
    // From here on, errors are reported in the member's language.
    req.viewer = holder.viewer;
    req.scopes = holder.scopes;
    if (isSuspended(holder.viewer)) throw new Forbidden('apps.api.suspended');
    if (scope !== null && !holder.scopes.includes(scope)) throw new MissingScope(scope);
  }
}
