import { describe, expect, it } from '@jest/globals';
import type { Request, Response } from 'express';
import { readConfig, type Config } from '../kernel/config.js';
import { NotSignedIn, StaleForm, WrongMethod } from '../kernel/errors.js';
import { csrfGuard, csrfToken } from './csrf.js';

const OLD = 'o'.repeat(40);
const config = readConfig({
  NODE_ENV: 'test',
  SECRET_KEY: 'k'.repeat(40),
  SECRET_KEY_PREVIOUS: OLD,
  BASE_URL: 'http://boat.example',
});
const before = readConfig({ NODE_ENV: 'test', SECRET_KEY: OLD, BASE_URL: 'http://boat.example' });

interface Facts {
  method?: string;
  path?: string;
  cookie?: string;
  headers?: Record<string, string>;
  token?: unknown;
  viewer?: object | null;
}

function request(facts: Facts): Request {
  return {
    method: facts.method ?? 'POST',
    path: facts.path ?? '/x',
    protocol: 'http',
    headers: { host: 'boat.example', cookie: facts.cookie, ...facts.headers },
    viewer: facts.viewer,
    body: { _csrf: facts.token },
  } as unknown as Request;
}

function page(
  cookie: string | undefined,
  by: Config = config,
  headers: Record<string, string> = {},
): { token: string; cookies: string[] } {
  const cookies: string[] = [];
  const response = {
    append: (_name: string, value: string) => cookies.push(value),
  } as unknown as Response;
  return { token: csrfToken(request({ method: 'GET', cookie, headers }), response, by), cookies };
}

function answerTo(facts: Facts): unknown {
  let answer: unknown = 'nothing';
  csrfGuard(config)(request(facts), {} as Response, (error?: unknown) => {
    answer = error;
  });
  return answer;
}

function passes(facts: Facts): boolean {
  const answer = answerTo(facts);
  const refused = [NotSignedIn, StaleForm, WrongMethod].some((kind) => answer instanceof kind);
  if (answer !== undefined && !refused) throw new Error('neither let through nor refused');
  return answer === undefined;
}

const cookie = 'session=abc';

describe('a CSRF token', () => {
  it('is valid only for the session of its page', () => {
    const { token, cookies } = page(cookie);
    expect(cookies).toEqual([]);
    expect(passes({ cookie, token })).toBe(true);
    expect(passes({ cookie: 'session=other', token })).toBe(false);
    expect(passes({ token })).toBe(false);
  });

  it('sets a cookie for a guest', () => {
    const { token, cookies } = page(undefined);
    const guest = /^guest=([^;]+)/.exec(cookies[0] ?? '')?.[0];
    expect(cookies[0]).toContain('HttpOnly; SameSite=Lax');
    expect(passes({ cookie: guest, token })).toBe(true);
    // A form opened before logging in and submitted after it.
    expect(passes({ cookie: `${guest ?? ''}; session=new`, token })).toBe(true);
  });

  it('sets no cookie for a background request of a script', () => {
    expect(page(undefined, config, { 'sec-fetch-dest': 'empty' }).cookies).toEqual([]);
    expect(page(undefined, config, { 'sec-fetch-dest': 'document' }).cookies).toHaveLength(1);
    const throughWorker = { 'sec-fetch-dest': 'empty', accept: 'text/html,*/*;q=0.8' };
    expect(page(undefined, config, throughWorker).cookies).toHaveLength(1);
    const { token, cookies } = page(cookie, config, { 'sec-fetch-dest': 'empty' });
    expect(cookies).toEqual([]);
    expect(passes({ cookie, token })).toBe(true);
  });

  it('looks different on every page', () => {
    const tokens = new Set(Array.from({ length: 50 }, () => page(cookie).token));
    expect(tokens.size).toBe(50);
    for (const token of tokens) expect(passes({ cookie, token })).toBe(true);
  });

  it('is valid if issued under the previous key', () => {
    expect(passes({ cookie, token: page(cookie, before).token })).toBe(true);
  });

  it.each([undefined, '', 'x', 'x'.repeat(300), ['a'], { a: 1 }])('is not %p', (token) => {
    expect(passes({ cookie, token })).toBe(false);
  });

  it('is invalid if any character was changed', () => {
    const { token } = page(cookie);
    expect(passes({ cookie, token: `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}` })).toBe(
      false,
    );
  });
});

describe('the origin check', () => {
  const token = page(cookie).token;

  it.each([
    [{}, true],
    [{ origin: 'http://boat.example' }, true],
    [{ origin: 'null' }, true],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'none' }, true],
    [{ origin: 'https://evil.example' }, false],
    [{ origin: 'http://boat.example.evil.example' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'same-site' }, false],
  ])('%j: %p', (headers, expected) => {
    expect(passes({ cookie, token, headers: headers as Record<string, string> })).toBe(expected);
  });

  it("redirects to the log-in if the member's session has expired, and only for forms of this site", () => {
    const path = '/t/1/replies';
    expect(answerTo({ path })).toBeInstanceOf(NotSignedIn);
    expect(answerTo({ path, viewer: {} })).toBeInstanceOf(StaleForm);
    expect(answerTo({ path, headers: { origin: 'https://evil.example' } })).toBeInstanceOf(
      StaleForm,
    );
    for (const own of ['/signup', '/login', '/login/code', '/reset/x', '/resources/x/report'])
      expect(answerTo({ path: own })).toBeInstanceOf(StaleForm);
  });

  it('applies to every state-changing method and to no other', () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS']) expect(passes({ method })).toBe(true);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) expect(passes({ method })).toBe(false);
  });
});
