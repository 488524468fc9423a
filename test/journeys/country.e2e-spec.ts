import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ModerationStats } from '../../src/moderation/transparency/stats.service.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

/** Every phone number that a page links with `tel:`. */
function dialled(html: string): string[] {
  return [...html.matchAll(/href="tel:([^"]+)"/g)].map(([, number]) => number ?? '');
}

describe('the country whose numbers are shown', () => {
  let site: TestApp;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.member('traveller');
  });
  afterAll(() => site.close());

  it('is the operator’s for a guest with an American English browser, and the page says so', async () => {
    const { html } = await site.browser().get('/help-now', { 'accept-language': 'en-US,en;q=0.9' });
    expect(dialled(html)).toContain('999');
    expect(dialled(html)).not.toContain('911');
    expect(textOf(html)).toContain('Country: United Kingdom. We do not know where you are.');
  });

  it('has its helplines on error pages too, with the name of a foreign language', async () => {
    const fault = jest.spyOn(site.app.get(ModerationStats), 'year').mockRejectedValue(new Error());
    try {
      const { status, html } = await site.browser().get('/transparency');
      expect(status).toBe(500);
      expect(dialled(html)).toEqual(['999', '116123']);
      expect(textOf(html)).not.toContain('Languages:');
    } finally {
      fault.mockRestore();
    }
  });

  it('is guessed from an unambiguous language, and marked as a guess', async () => {
    const { html } = await site.browser().get('/help-now', { 'accept-language': 'en-ZA' });
    expect(dialled(html)).toEqual(expect.arrayContaining(['112', '10177', '10111']));
    expect(dialled(html)).not.toContain('999');
    expect(textOf(html)).toContain(
      'Country: South Africa. We guessed this from your browser’s language.',
    );
  });

  it('is chosen from the full list, remembered for a guest, and used on every page', async () => {
    const guest = site.browser();
    const { html } = await guest.get('/help-now');
    expect([...html.matchAll(/<option value="[A-Z]{2}"/g)].length).toBe(250);
    expect(html).toContain('<option value="GB" selected>United Kingdom</option>');
    const chosen = await guest.get('/help-now?country=BR');
    expect(chosen.status).toBe(200);
    expect(dialled(chosen.html)).toEqual(expect.arrayContaining(['192', '190', '193', '188']));
    expect(dialled(chosen.html)).not.toContain('999');
    const elsewhere = await guest.get('/communities');
    expect(dialled(elsewhere.html)).toContain('192');
    expect(textOf(elsewhere.html)).toContain('If you need someone now: Brazil');
    expect(textOf((await guest.get('/help-now')).html)).toContain(
      'Country: Brazil. You chose it on this device.',
    );
  });

  it('shows no number rather than a wrong one, and always somewhere to turn', async () => {
    const { html } = await site.browser().get('/help-now?country=GN');
    expect(dialled(html)).toEqual([]);
    expect(textOf(html)).toContain(
      'Guinea: we do not have an emergency number that we are sure of.',
    );
    expect(textOf(html)).toContain('From a mobile phone, try 112');
    expect(html).toContain('href="https://findahelpline.com"');
    expect(html).toContain('href="https://www.befrienders.org"');
  });

  it.each(['ZQ', 'XX', 'toolong', '%00', '<b>'])(
    'asks again if %s is not a country, with all help on the page',
    async (wrong) => {
      const guest = site.browser();
      const answer = await guest.get(`/help-now?country=${encodeURIComponent(wrong)}`);
      expect(answer.status).toBe(422);
      expect(textOf(answer.html)).toContain('Choose a country from the list.');
      expect(dialled(answer.html)).toContain('999');
      expect(guest.cookie('country')).toBeUndefined();
    },
  );

  it('is not remembered from a link on another site', async () => {
    const guest = site.browser();
    expect(
      textOf((await guest.get('/help-now?country=FR', { 'sec-fetch-site': 'cross-site' })).html),
    ).toContain('Country: France.');
    expect(guest.cookie('country')).toBeUndefined();
  });

  it('can be set in the settings from the same list, which rejects unknown codes', async () => {
    const browser: Browser = await site.as('traveller');
    const save = (country: string) =>
      browser.post('/settings/profile', { about: '', timeZone: '', country }, '/settings/profile');
    const saved = async (): Promise<unknown> =>
      (await site.make.rows(`select country from members where handle = 'traveller'`))[0];
    const refused = await save('ZQ');
    expect(refused.status).toBe(422);
    expect(textOf(refused.html)).toContain('Choose a country from the list.');
    expect(textOf(refused.html)).not.toContain('Saved.');
    expect(await saved()).toEqual({ country: null });
    await browser.get('/help-now?country=FR');
    expect((await save('ZA')).status).toBe(303);
    expect(await saved()).toEqual({ country: 'ZA' });
    // The latest choice wins, wherever it was made.
    expect(textOf((await browser.get('/help-now')).html)).toContain(
      'Country: South Africa, from your settings.',
    );
    await browser.get('/help-now?country=FR');
    expect(textOf((await browser.get('/help-now')).html)).toContain(
      'Country: France. You chose it on this device.',
    );
    expect((await browser.get('/settings/profile')).html).toContain(
      '<option value="ZA" selected>South Africa</option>',
    );
  });
});
