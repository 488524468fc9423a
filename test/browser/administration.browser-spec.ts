import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser as Chromium } from 'playwright-core';
import { testApp, type TestApp } from '../support/app.js';
import { axeFindings, launchChromium } from '../support/chromium.js';

describe('finding, belonging and administering in Chromium', () => {
  let site: TestApp;
  let browser: Chromium;
  let request: string;

  beforeAll(async () => {
    site = await testApp({ workers: false, env: { WEBHOOKS: 'on' } });
    await site.make.member('boss', { role: 'admin' });
    await site.make.community({ slug: 'here', topics: ['Work'] });
    await site.make.rows(
      `update communities set difficulties = '{sleep}', situations = '{work}' where slug = 'here'`,
    );
    await site.make.join('boss', 'here');
    await site.make.join('keeper', 'here', 'moderator');
    await site.make.rows(
      `
        insert into group_requests (member_id, wish, created_at)
        select id, 'People with tinnitus', now()
        from members
        where handle = 'keeper'
      `,
    );
    await site.make.rows(
      `
        with endpoint as (
          insert into webhook_endpoints (address, events, sealed, sealed_by, created_at)
          values ($1, '{decision.made,alarm.raised}', '', '', now())
          returning id
        )
        insert into webhook_deliveries
          (endpoint_id, message_key, type, body, created_at, state, status, attempts)
        select id, 'x', 'decision.made', '{}', now(), 'failed', 500, 12 from endpoint
      `,
      [`https://hooks.example/${'long'.repeat(20)}`],
    );
    await site.make.rows(
      `
        insert into private_feeds (member_id, token_hash, name, scope, titles, created_at)
        select id, '', $1, 'following', true, now()
        from members
        where handle = 'boss'
      `,
      ['Longnameofafeed'.repeat(4)],
    );
    await site.make.rows(
      `
        insert into access_tokens (member_id, token_hash, name, scopes, created_at)
        select id, '', $1, '{threads:read,reports:write}', now()
        from members
        where handle = 'boss'
      `,
      ['Longnameofanapp'.repeat(4)],
    );
    request = ((await site.make.rows('select id from group_requests')) as [{ id: string }])[0].id;
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  const pages = (): string[] => [
    '/find?q=cannot+sleep+I+want+to+die&need=listen',
    '/find?q=stamps',
    '/c/here/card',
    '/feed',
    '/find/ask',
    '/c/here/edit',
    '/c/here/prompts',
    '/c/here/supporters',
    '/c/here/supporting',
    '/c/here/health',
    '/admin',
    '/admin/communities',
    '/admin/communities/new',
    '/admin/communities/here',
    '/admin/communities/here/visibility?to=unlisted',
    '/admin/communities/here/people',
    '/admin/communities/here/archive',
    '/admin/settings',
    '/admin/webhooks',
    '/settings/feeds',
    '/settings/apps',
    '/api/docs',
    '/api/docs/threads',
    '/admin/memorials',
    '/admin/requests',
    `/admin/requests/${request}`,
  ];

  it.each([320, 1280])('fit the screen and pass axe, at %i px', async (width) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, bypassCSP: true });
    await context.addCookies([
      { name: 'session', value: await site.make.session('boss'), url: site.url },
    ]);
    const page = await context.newPage();
    for (const path of pages()) {
      expect((await page.goto(`${site.url}${path}`))?.status()).toBe(200);
      expect({
        path,
        wide: await page.evaluate('document.documentElement.scrollWidth > innerWidth'),
      }).toEqual({ path, wide: false });
      expect({ path, found: await axeFindings(page) }).toEqual({ path, found: [] });
    }
    await context.close();
  });
});
