import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testApp, type TestApp } from '../support/app.js';
import { textOf } from '../support/browser.js';

const LONGEST_SENTENCE = 15;

async function textAt(site: TestApp, path: string): Promise<string> {
  const answer = await site.browser().get(path);
  expect(answer.status).toBe(200);
  const html = answer.html;
  return textOf(html.slice(html.indexOf('<main'), html.indexOf('</main>')));
}

describe('the pages about the site', () => {
  let site: TestApp;

  beforeAll(async () => {
    site = await testApp({ workers: false });
  });
  afterAll(() => site.close());

  it('have the guidelines in easy language, one press from the full ones and back', async () => {
    const guest = site.browser();
    const full = await guest.get('/guidelines');
    expect(full.html).toContain('<a href="/guidelines?easy">Read the guidelines in easy words</a>');
    const easy = await guest.get('/guidelines?easy');
    expect(easy.status).toBe(200);
    expect(easy.html).toContain('<a href="/guidelines">Read the full guidelines</a>');
    expect(easy.html).toContain('href="/help-now"');
    expect(textOf(easy.html)).toContain('You do not get into trouble for feeling bad.');
  });

  it('keep each easy sentence short', async () => {
    const guest = site.browser();
    const { html } = await guest.get('/guidelines?easy');
    const items = [...html.matchAll(/<li>([^<]+)<\/li>/g)].map(([, item]) => item ?? '');
    const sentences = items
      .filter((item) => /[.?]$/.test(item))
      .flatMap((item) => item.split(/(?<=[.?])\s/));
    expect(sentences.length).toBeGreaterThan(30);
    expect(sentences.filter((sentence) => sentence.split(/\s/).length > LONGEST_SENTENCE)).toEqual(
      [],
    );
  });

  it('have complete sentences if the operator has set no name', async () => {
    const about = await textAt(site, '/about');
    expect(about).toContain('The people who run this server have not given their name here yet.');
    expect(about).not.toContain('You can write to the team');
    const privacy = await textAt(site, '/privacy');
    expect(privacy).toContain('The people who run this server have not given their name here yet.');
    expect(privacy).not.toContain('is responsible for this site');
  });

  it('name the operator and how to reach them', async () => {
    const named = await testApp({
      workers: false,
      env: { OPERATOR: 'Harbour Trust', CONTACT: 'hello@harbour.example' },
    });
    try {
      const about = await textAt(named, '/about');
      expect(about).toContain('This site is run by Harbour Trust.');
      expect(about).toContain('You can write to the team: hello@harbour.example.');
      const privacy = await textAt(named, '/privacy');
      expect(privacy).toContain('Harbour Trust is responsible for this site.');
      expect(privacy).toContain('write to hello@harbour.example.');
    } finally {
      await named.close();
    }
  });

  it('list every cookie that the site sets, and the retention of texts', async () => {
    const privacy = await textAt(site, '/privacy');
    for (const cookie of [
      'One keeps you logged in.',
      'One protects the forms.',
      'Two remember your display settings and your language.',
      'One recognises a browser you have logged in with before',
      'One remembers the country you chose under Help now.',
      'One carries a short message to the next page.',
      'If your organisation logs you in, one remembers this until you are back.',
    ])
      expect(privacy).toContain(cookie);
    expect(privacy).toContain('Moderators can see it for up to 30 days.');
    expect(privacy).toContain('We ask search engines not to list it, unless an administrator has');
  });

  it('let a browser store help offline, with a service worker that is always revalidated', async () => {
    const guest = site.browser();
    const worker = await guest.get('/worker.js');
    expect(worker.status).toBe(200);
    expect(worker.headers.get('content-type')).toContain('text/javascript');
    expect(worker.headers.get('cache-control')).toBe('no-cache');
    const { html } = await guest.get('/keep');
    expect(html).toMatch(/<form[^>]* data-keep hidden/);
    expect(html).not.toContain('name="plan"');
    const help = await guest.get('/keep/help');
    expect(help.headers.get('cache-control')).toBe('private, no-store');
    expect(help.headers.get('set-cookie')).toBeNull();
    expect(help.html).toContain('href="tel:999"');
    expect(help.html).not.toContain('href="/toolkit"');
    expect((await guest.get('/keep/help?own=on')).html).toContain('href="/toolkit"');
    expect((await guest.get('/keep/state')).html).toBe('{"owner":null,"shared":false}');
  });

  it('can be installed, with existing icons', async () => {
    const guest = site.browser();
    expect((await guest.get('/')).html).toContain('<link rel="manifest" href="/site.webmanifest">');
    const answer = await guest.get('/site.webmanifest');
    expect(answer.headers.get('content-type')).toContain('application/manifest+json');
    const manifest = JSON.parse(answer.html) as { name: string; icons: { src: string }[] };
    expect(manifest.name).toBe('Sameboat');
    expect(manifest.icons.length).toBe(2);
    for (const { src } of manifest.icons) {
      const icon = await guest.get(src);
      expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/png']);
      expect(icon.headers.get('cache-control')).toContain('immutable');
    }
  });

  it('set the theme colour of the chosen colour scheme', async () => {
    const guest = site.browser();
    expect((await guest.get('/')).html).toMatch(
      /content="#f6f0e3" media="\(prefers-color-scheme: light\)"[^]*content="#11191f" media=/,
    );
    guest.setCookie('display', 'dark.normal.normal.plain');
    const { html } = await guest.get('/');
    expect(html.match(/name="theme-color"[^>]*/g)).toEqual([
      'name="theme-color" content="#11191f"',
    ]);
  });
});
