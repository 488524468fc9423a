import type { ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import type { AccessTokens } from '../accounts/access-tokens.service.js';
import type { Layout } from '../http/layout.js';
import { RateLimits } from '../http/rate-limit.js';
import { readConfig } from '../kernel/config.js';
import { InvalidToken, TooManyRequests } from '../kernel/errors.js';
import { ApiGuard, FALSE_TOKENS, TOKEN_REQUESTS } from './api.guard.js';

describe('the limits of the API', () => {
  let db: TestDatabase;
  /** One guard for each of two simulated processes. */
  let guards: ApiGuard[];

  beforeAll(async () => {
    db = await testDatabase();
    db.clock.freeze();
    const viewer = { suspendedUntil: null };
    const tokens = {
      holderOf: (token: string) =>
        Promise.resolve(token.startsWith('false') ? null : { tokenId: token, viewer, scopes: [] }),
    } as unknown as AccessTokens;
    const layout = { wordsFor: () => ({ locale: 'en' }) } as unknown as Layout;
    const reflector = { get: () => ({ scope: null }) } as unknown as Reflector;
    const config = readConfig({ NODE_ENV: 'test', SECRET_KEY: 'k'.repeat(40) });
    guards = [1, 2].map(
      () => new ApiGuard(reflector, tokens, layout, new RateLimits(config, db.sql, db.clock)),
    );
  });
  afterAll(() => db.close());

  /** @returns whether the request was allowed, or the error */
  const ask = async (n: number, token: string, ip = '192.0.2.7'): Promise<unknown> => {
    const req = { headers: { authorization: `Bearer ${token}` }, ip } as unknown as Request;
    const http = { getRequest: () => req, getResponse: () => ({ setHeader: () => undefined }) };
    const context = { switchToHttp: () => http, getHandler: () => ask };
    const guard = guards[n % guards.length] as ApiGuard;
    return guard
      .canActivate(context as unknown as ExecutionContext)
      .catch((error: unknown) => error);
  };

  it('count a token’s requests across all processes', async () => {
    for (let n = 0; n < TOKEN_REQUESTS; n += 1) expect(await ask(n, 'mine')).toBe(true);
    for (const n of [0, 1]) expect(await ask(n, 'mine')).toBeInstanceOf(TooManyRequests);
    expect(await ask(0, 'another')).toBe(true);
  });

  it('count a network’s invalid tokens across all processes', async () => {
    for (let n = 0; n < FALSE_TOKENS; n += 1)
      expect(await ask(n, `false-${n}`)).toBeInstanceOf(InvalidToken);
    for (const n of [0, 1]) expect(await ask(n, 'false')).toBeInstanceOf(TooManyRequests);
    expect(await ask(0, 'false', '198.51.100.7')).toBeInstanceOf(InvalidToken);
    expect(await ask(0, 'third')).toBe(true);
  });
});
