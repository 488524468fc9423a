import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Provider } from 'oidc-provider';
import { MINUTE } from '../../src/kernel/clock.js';
import { codeOf, setUpApp } from '../support/accounts.js';
import { testApp, type TestApp } from '../support/app.js';
import { Browser, textOf, type Answer } from '../support/browser.js';

const CALLBACK = '/login/organisation/back';
const agreed = { ageConfirmed: 'on', guidelinesAccepted: 'on' };

/** Alters one character of the ID token's signature in a token response. */
function spoilSignature(res: ServerResponse): void {
  const end = res.end.bind(res) as (body: string) => ServerResponse;
  const spoil = (body: string | Buffer): ServerResponse =>
    end(
      String(body).replace(
        /("id_token":"[^."]+\.[^."]+\.)(.)/,
        (_, before: string, letter: string) => before + (letter === 'A' ? 'B' : 'A'),
      ),
    );
  res.end = spoil as typeof res.end;
}

describe('a log-in through an organisation (OpenID Connect)', () => {
  let site: TestApp;
  let server: Server;
  let issuer: string;
  /** The subject who logs in at the provider; null denies consent. */
  let person: string | null = null;
  /** Whether the provider's tokens are tampered with in transit. */
  let forged = false;

  beforeAll(async () => {
    site = await testApp({
      workers: false,
      env: { OIDC_CLIENT_ID: 'boat', OIDC_CLIENT_SECRET: 'a secret', OIDC_NAME: 'Harbour Trust' },
    });
    site.config.BASE_URL = site.url;
    server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'boat',
          client_secret: 'a secret',
          redirect_uris: [`${site.url}${CALLBACK}`],
          token_endpoint_auth_method: 'client_secret_basic',
        },
      ],
      ttl: { AccessToken: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
      cookies: { keys: ['of the provider'] },
      features: { devInteractions: { enabled: false } },
      interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
      findAccount: (_ctx, id) => ({
        accountId: id,
        claims: () => ({ sub: id, name: 'Robin Realname', email: 'robin@real.example' }),
      }),
      loadExistingGrant: async (ctx) => {
        const grant = new ctx.oidc.provider.Grant({
          clientId: ctx.oidc.client?.clientId,
          accountId: ctx.oidc.session?.accountId,
        });
        grant.addOIDCScope('openid');
        await grant.save();
        return grant;
      },
    });
    const answer = provider.callback();
    server.on('request', (req, res) => {
      if (forged && req.url === '/token') spoilSignature(res);
      if (req.url?.startsWith('/interaction/') !== true) {
        void answer(req, res);
        return;
      }
      const result =
        person === null ? { error: 'access_denied' } : { login: { accountId: person } };
      void provider.interactionFinished(req, res, result);
    });
    site.config.OIDC_ISSUER = issuer;
  });
  beforeEach(() => site.make.rows('delete from rate_limits'));
  afterAll(async () => {
    await site.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  /** Logs in at the provider. @returns the path of the callback to the site */
  const visit = async (browser: Browser, who: string | null, next = '/'): Promise<string> => {
    person = who;
    const start = await browser.get(`/login/organisation?next=${next}`);
    expect(start.status).toBe(303);
    const there = new Browser(issuer);
    let at = start.location ?? '';
    for (let step = 0; step < 6 && at.startsWith(issuer); step += 1) {
      const { location } = await there.get(at.slice(issuer.length));
      at = new URL(location ?? '', issuer).href;
    }
    expect(at).toContain(CALLBACK);
    return at.slice(site.url.length);
  };
  const come = async (browser: Browser, who: string | null, next = '/'): Promise<Answer> =>
    browser.get(await visit(browser, who, next));
  const ticketOf = ({ html }: Answer): string =>
    /name="ticket" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const join = async (browser: Browser, who: string, handle: string): Promise<Answer> => {
    const ticket = ticketOf(await come(browser, who));
    return browser.post('/login/organisation/join', { ticket, handle, ...agreed });
  };
  const isIn = async (browser: Browser): Promise<boolean> =>
    (await browser.get('/notifications')).status === 200;

  it('says so if the provider does not answer, and retries the next time', async () => {
    site.config.OIDC_ISSUER = 'http://127.0.0.1:9';
    const away = await site.browser().get('/login/organisation?next=/toolkit');
    site.config.OIDC_ISSUER = issuer;
    expect(away.status).toBe(422);
    expect(textOf(away.html)).toContain('We cannot reach your organisation’s log-in');
    expect(away.html).toContain('value="/toolkit"');
    expect((await site.browser().get('/login/organisation')).status).toBe(303);
  });

  it('is offered on the log-in page, and requests only the subject', async () => {
    const { html } = await site.browser().get('/login');
    expect(textOf(html)).toContain('Log in with Harbour Trust');
    const { location } = await site.browser().get('/login/organisation');
    const query = new URL(location ?? '').searchParams;
    expect(query.get('scope')).toBe('openid');
    expect(query.get('code_challenge_method')).toBe('S256');
  });

  it('lets a new person choose a handle, and imports neither name nor address', async () => {
    const browser = site.browser();
    const joined = await join(browser, 'person-1', 'grey-lantern');
    expect(joined.status).toBe(200);
    expect(textOf(joined.html).match(/\b[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}\b/g)).toHaveLength(10);
    expect(await isIn(browser)).toBe(true);
    const member = await site.make.one<{ handle: string; email: string | null; row: string }>(
      `select handle::text, email, row_to_json(m)::text as row from members m
       where handle = 'grey-lantern'`,
    );
    expect(member.email).toBeNull();
    expect(member.row).not.toMatch(/robin|person-1/i);
    const stored = await site.make.one<{ row: string }>(
      `select row_to_json(i)::text as row from organisation_identities i`,
    );
    expect(stored.row).not.toContain('person-1');
  });

  it('recognises the same person the next time, and nobody else', async () => {
    await join(site.browser(), 'person-2', 'slow-river');
    const again = site.browser();
    expect((await come(again, 'person-2', '/toolkit')).location).toBe('/toolkit');
    expect(textOf((await again.get('/')).html)).toContain('slow-river');
    const other = await come(site.browser(), 'person-3');
    expect(textOf(other.html)).toContain('Choose a name');
  });

  it('warns about a handle that looks like a real name, and accepts it on confirmation', async () => {
    const browser = site.browser();
    const ticket = ticketOf(await come(browser, 'person-10'));
    const send = (more: object): Promise<Answer> =>
      browser.post('/login/organisation/join', {
        ticket,
        handle: 'jane-smith',
        ...agreed,
        ...more,
      });
    const idea = await send({ idea: 'slow-lantern42' });
    expect([idea.status, await isIn(browser)]).toEqual([200, false]);
    expect(idea.html).toContain('value="slow-lantern42"');
    const response = await send({});
    expect(response.status).toBe(422);
    expect(textOf(response.html)).toContain('This could be your real name');
    expect(await isIn(browser)).toBe(false);
    expect((await send({ keepHandle: 'on' })).status).toBe(200);
    expect(await isIn(browser)).toBe(true);
  });

  it('refuses a handle that is taken, and a form that is sent again', async () => {
    const browser = site.browser();
    const ticket = ticketOf(await come(browser, 'person-4'));
    const send = (handle: string): Promise<Answer> =>
      browser.post('/login/organisation/join', { ticket, handle, ...agreed });
    await site.make.member('first-here');
    expect((await send('first-here')).status).toBe(422);
    expect((await send('moderators')).status).toBe(422);
    expect((await send('late-tide')).status).toBe(200);
    expect((await send('other-tide')).status).toBe(422);
    site.clock.move(21 * MINUTE);
    expect((await send('third-tide')).location).toBe('/login/organisation');
  });

  it('fails if consent is denied or the callback comes from another browser', async () => {
    const refused = site.browser();
    expect((await come(refused, null)).status).toBe(422);
    await join(site.browser(), 'person-5', 'north-pier');
    const owner = site.browser();
    const back = await visit(owner, 'person-5');
    const thief = site.browser();
    expect((await thief.get(back)).status).toBe(422);
    await thief.get('/login/organisation');
    expect((await thief.get(back)).status).toBe(422);
    expect(await isIn(thief)).toBe(false);
    const changed = back.replace(/state=[^&]+/, 'state=other');
    expect((await owner.get(changed)).status).toBe(422);
    expect(await isIn(owner)).toBe(false);
  });

  it('rejects an ID token with an invalid signature', async () => {
    forged = true;
    const browser = site.browser();
    expect((await come(browser, 'person-1')).status).toBe(422);
    forged = false;
    expect((await come(browser, 'person-1')).status).toBe(303);
  });

  it('still asks for the second step', async () => {
    const browser = site.browser();
    await join(browser, 'person-6', 'velvet-tide');
    const { secret } = await setUpApp(site, browser);
    site.clock.move(MINUTE);
    const again = site.browser();
    const ticket = ticketOf(await come(again, 'person-6'));
    expect(await isIn(again)).toBe(false);
    const code = await codeOf(site, secret);
    expect((await again.post('/login/code', { ticket, code })).location).toBe('/');
    expect(await isIn(again)).toBe(true);
  });

  it('replaces the password when re-authentication is required', async () => {
    const browser = site.browser();
    await join(browser, 'person-7', 'amber-kettle');
    site.clock.move(11 * MINUTE);
    const response = await browser.get('/settings/security/second-step');
    expect(response.status).toBe(401);
    expect(textOf(response.html)).toContain('Confirm with Harbour Trust');
    const next = '/settings/security/second-step';
    expect((await come(browser, 'person-7', next)).location).toBe(next);
    expect((await browser.get(next)).status).toBe(200);
  });

  it('returns to a page with several query parameters', async () => {
    const response = await site.browser().get('/notifications?page=2&kind=reply');
    expect(response.status).toBe(401);
    const [, path = ''] =
      /href="\/login\/organisation\?next&#x3D;([^"]+)"/.exec(response.html) ?? [];
    expect(decodeURIComponent(path)).toBe('/notifications?page=2&kind=reply');
    const browser = site.browser();
    await join(browser, 'person-8', 'quiet-ferry');
    expect((await come(site.browser(), 'person-8', path)).location).toBe(
      '/notifications?page=2&kind=reply',
    );
  });

  it('keeps a form that was submitted before it', async () => {
    await join(site.browser(), 'person-9', 'paper-boat');
    const browser = site.browser();
    const response = await browser.post('/settings/profile', { about: 'Written at sea' }, '/login');
    expect(response.status).toBe(401);
    expect(response.html).toContain('target="_blank"');
    const kept = /name="kept" value="([^"]+)"/.exec(response.html)?.[1] ?? '';
    expect((await browser.post('/login/kept', { kept }, '/login')).html).toContain(kept);
    await come(browser, 'person-9');
    const given = await browser.post('/login/kept', { kept });
    expect(given.status).toBe(200);
    expect(given.html).toContain('Written at sea');
  });

  it('is not offered unless it is configured', async () => {
    delete site.config.OIDC_ISSUER;
    expect((await site.browser().get('/login/organisation')).status).toBe(404);
    expect((await site.browser().get(CALLBACK)).status).toBe(404);
    site.config.OIDC_ISSUER = issuer;
  });
});
