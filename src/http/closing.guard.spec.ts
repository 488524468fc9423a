import { describe, expect, it } from '@jest/globals';
import type { Request, Response } from 'express';
import { SiteClosed, SiteReadOnly } from '../kernel/errors.js';
import { closingGuard, isAcceptedWhileClosing } from './closing.guard.js';

const closing = (wiped: boolean) => ({ readOnlyAt: new Date(0), wipeAt: new Date(1), wiped });

function answer(
  settings: Parameters<typeof closingGuard>[0],
  method: string,
  path: string,
): unknown {
  let told: unknown = 'not asked';
  closingGuard(settings)({ method, path } as Request, {} as Response, (error?: unknown) => {
    told = error;
  });
  return told;
}

describe('a site that is about to close', () => {
  const planned = { siteClosing: closing(false), isReadOnly: false };
  const readOnly = { siteClosing: closing(false), isReadOnly: true };

  it('accepts every form until it is read-only', () => {
    expect(answer(planned, 'POST', '/t/1/replies')).toBeUndefined();
    expect(answer({ siteClosing: null, isReadOnly: false }, 'POST', '/signup')).toBeUndefined();
  });

  it.each([
    '/t/1/replies',
    '/c/anxiety/threads',
    '/c/anxiety/join',
    '/posts/1/edit',
    '/posts/1/reactions',
    '/signup',
    '/strategies',
    '/strategies/tea/feedback',
    '/api/threads',
    '/something/new',
    '/loginx',
  ])('rejects POST %s once it is read-only, and still shows pages', (path) => {
    expect(answer(readOnly, 'POST', path)).toBeInstanceOf(SiteReadOnly);
    expect(answer(readOnly, 'GET', path)).toBeUndefined();
  });

  it.each([
    '/login',
    '/logout',
    '/settings/data/close',
    '/settings/security/password',
    '/toolkit/unlock',
    '/posts/12/delete',
    '/posts/12/delete-title',
    '/posts/12/safe',
    '/posts/12/need-now',
    '/posts/12/report',
    '/members/mia/block',
    '/decisions/3/appeal',
    '/mod/cases/4/decide',
    '/c/anxiety/leave',
    '/webhooks/mail/bounces',
    '/api/v1/posts/12/reports',
    '/api/v1/posts/12/card',
    '/api/v1/toolkit/strategies/tea',
  ])('accepts POST %s until the end', (path) => {
    expect(isAcceptedWhileClosing(path)).toBe(true);
    expect(answer(readOnly, 'POST', path)).toBeUndefined();
  });
});

describe('API clients of members on a read-only site', () => {
  const readOnly = { siteClosing: closing(false), isReadOnly: true };

  it("cannot publish anything, but can delete the member's own data", () => {
    for (const method of ['POST', 'PUT', 'PATCH'])
      expect(answer(readOnly, method, '/api/v1/posts/12')).toBeInstanceOf(SiteReadOnly);
    expect(answer(readOnly, 'PUT', '/api/v1/posts/12/reactions/same-boat')).toBeInstanceOf(
      SiteReadOnly,
    );
    expect(answer(readOnly, 'DELETE', '/api/v1/posts/12')).toBeUndefined();
    expect(answer(readOnly, 'GET', '/api/v1/posts/12')).toBeUndefined();
  });
});

describe('a site whose data was deleted', () => {
  const wiped = { siteClosing: closing(true), isReadOnly: true };

  it('says so on every page, and shows where help is', () => {
    expect(answer(wiped, 'GET', '/')).toBeInstanceOf(SiteClosed);
    expect(answer(wiped, 'POST', '/login')).toBeInstanceOf(SiteClosed);
    expect(answer(wiped, 'GET', '/help-now')).toBeUndefined();
    expect(answer(wiped, 'GET', '/healthz')).toBeUndefined();
  });
});
