import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRequire } from 'node:module';
import { type Browser as Chromium } from 'playwright-core';
import { PNG } from 'pngjs';
import { testApp, type TestApp } from '../support/app.js';
import { launchChromium } from '../support/chromium.js';

type Decoder = (data: Uint8ClampedArray, width: number, height: number) => { data: string } | null;
const jsqr = createRequire(`${process.cwd()}/package.json`)('jsqr') as Decoder & {
  default?: Decoder;
};
const decode: Decoder = jsqr.default ?? jsqr;

describe('the printable community card', () => {
  let site: TestApp;
  let browser: Chromium;

  beforeAll(async () => {
    site = await testApp({ workers: false, env: { BASE_URL: 'http://forum.example.org' } });
    await site.make.community({ slug: 'nights' });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  it.each([360, 1280])(
    'has a QR code that decodes to the printed address, at %i px',
    async (width) => {
      const page = await browser.newPage({
        viewport: { width, height: 1_000 },
        javaScriptEnabled: false,
      });
      await page.goto(`${site.url}/c/nights/card`);
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('.page-head').isVisible()).toBe(false);
      const {
        data,
        width: wide,
        height,
      } = PNG.sync.read(await page.locator('.handcard').screenshot());
      const read = decode(new Uint8ClampedArray(data), wide, height)?.data ?? '';
      const [{ code }] = (await site.make.rows(
        `select card_code as code from communities where slug = 'nights'`,
      )) as [{ code: string }];
      expect(read).toBe(`http://forum.example.org/go/${code}`);
      expect(await page.locator('.handcard__address').textContent()).toBe(
        `forum.example.org/go/${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`,
      );
      await page.close();
      const opened = await site.browser().get(new URL(read).pathname);
      expect(opened.location).toBe('/c/nights');
      expect(opened.headers.getSetCookie().filter((cookie) => !/csrf/i.test(cookie))).toEqual([]);
    },
  );

  it('opens with a typed code in any format; an unknown code says what to do', async () => {
    const [{ code }] = (await site.make.rows(
      `select card_code as code from communities where slug = 'nights'`,
    )) as [{ code: string }];
    expect(
      (await site.browser().get(`/go/${code.slice(0, 4).toUpperCase()}-${code.slice(4)}`)).location,
    ).toBe('/c/nights');
    const unknown = await site.browser().get('/go/0000000000');
    expect(unknown.status).toBe(404);
    expect(unknown.html).toContain('Check it against the card');
  });

  it('of a community that is not open can be printed only by its moderators', async () => {
    await site.make.member('passer-by');
    for (const visibility of ['approval', 'unlisted'] as const) {
      const slug = await site.make.community({ visibility });
      await site.make.join('moderator', slug, 'moderator');
      await site.make.join('member', slug);
      const answers = await Promise.all(
        ['passer-by', 'member', 'moderator'].map(
          async (handle) => (await (await site.as(handle)).get(`/c/${slug}/card`)).status,
        ),
      );
      expect(answers).toEqual([404, 404, 200]);
      expect((await site.browser().get(`/c/${slug}/card`)).status).toBe(404);
    }
  });
});
