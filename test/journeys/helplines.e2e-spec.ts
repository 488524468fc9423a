import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DAY } from '../../src/kernel/clock.js';
import { HelplinesDueJob } from '../../src/notifications/notify/helplines-due.job.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';

const SAMARITANS = {
  country: 'GB',
  name: 'Samaritans',
  phone: '116 124',
  audience: 'anyone in distress',
  hours: '24/7',
  languages: 'en',
  source: 'https://www.samaritans.org/',
  shown: 'on',
  checked: 'on',
  version: '0',
};

describe('helplines that an administrator keeps', () => {
  let site: TestApp;
  let guest: Browser;
  let admin: Browser;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.member('keeper', { role: 'admin' });
    guest = site.browser();
    admin = await site.as('keeper');
  });
  afterAll(() => site.close());

  const page = async (browser: Browser, path: string): Promise<string> =>
    textOf((await browser.get(path)).html);

  it('are listed by country with source and date of the last check', async () => {
    const list = await page(admin, '/admin/helplines');
    expect(list).toContain('Every country (directories)');
    expect(list).toContain('Checked on 1 November 2026. Check again by 30 January 2027.');
    expect(list).toMatch(/Samaritans.*116 123.*Source: https:/s);
    expect(list).toContain('Nobody has checked it yet.');
  });

  it('for a topic are listed first, and beside the general ones', async () => {
    const veterans = await page(guest, '/help-now?country=GB&topic=veterans');
    expect(veterans.indexOf('Combat Stress')).toBeGreaterThan(0);
    expect(veterans.indexOf('Combat Stress')).toBeLessThan(veterans.indexOf('Samaritans'));
    const anything = await page(guest, '/help-now?country=GB&topic=nonsense');
    expect(anything).toContain('Samaritans');
    expect(anything).toContain('Combat Stress');
  });

  it('change on every page at once, and the log has both versions', async () => {
    const path = '/admin/helplines/gb-samaritans';
    expect(await page(admin, path)).toContain('Samaritans');
    const saved = await admin.post(path, SAMARITANS, path);
    expect(saved.location).toBe('/admin/helplines');
    expect((await guest.get('/help-now?country=GB')).html).toContain('href="tel:116124"');
    expect((await guest.get('/communities')).html).toContain('href="tel:116124"');
    const [entry] = await site.make.rows(
      `select detail from moderation_log where deed = 'helpline.changed'`,
    );
    expect(entry).toMatchObject({
      detail: { key: 'gb-samaritans', from: { phone: '116 123' }, to: { phone: '116 124' } },
    });
  });

  it('are not overwritten by a stale form', async () => {
    const path = '/admin/helplines/gb-samaritans';
    const stale = await admin.post(path, { ...SAMARITANS, phone: '116 125' }, path);
    expect(stale.status).toBe(409);
    expect(stale.html).toContain('value="116 125"');
    expect(stale.html).toContain('<dd>116 124</dd>');
    expect((await guest.get('/help-now?country=GB')).html).toContain('href="tel:116124"');
    const again = await admin.post(path, { ...SAMARITANS, phone: '116 123', version: '1' }, path);
    expect(again.status).toBe(303);
    expect((await guest.get('/help-now?country=GB')).html).toContain('href="tel:116123"');
  });

  it('are refused with every error listed, and the form keeps its text', async () => {
    const faulty = await admin.post(
      '/admin/helplines',
      { ...SAMARITANS, country: 'QQ', phone: 'ring us', source: '', chatUrl: 'http://x' },
      '/admin/helplines/new',
    );
    expect(faulty.status).toBe(422);
    for (const text of [
      'Choose a country from the list.',
      'Enter the number as people dial it.',
      'Say where you saw the number',
      'The address must begin with https://',
    ])
      expect(textOf(faulty.html)).toContain(text);
    expect(faulty.html).toContain('value="ring us"');
    const twice = await admin.post('/admin/helplines', SAMARITANS, '/admin/helplines/new');
    expect([twice.status, textOf(twice.html)]).toEqual([
      422,
      expect.stringContaining('This country already has a helpline with that name.'),
    ]);
    const nowhere = { ...SAMARITANS, name: 'Nowhere', phone: '' };
    const none = await admin.post('/admin/helplines', nowhere, '/admin/helplines/new');
    expect(textOf(none.html)).toContain('To be shown, a helpline needs a phone number');
  });

  it('can be added and hidden', async () => {
    const line = { ...SAMARITANS, name: 'Harbour Line', topics: ['young-people'], hours: '' };
    await admin.post('/admin/helplines', line, '/admin/helplines/new');
    expect(await page(guest, '/help-now?country=GB&topic=young-people')).toContain('Harbour Line');
    const path = '/admin/helplines/gb-harbour-line';
    await admin.post(path, { ...line, shown: '', version: '1' }, path);
    expect(await page(guest, '/help-now?country=GB')).not.toContain('Harbour Line');
    expect(await page(admin, '/admin/helplines')).toContain('Harbour Line');
  });

  it('remind administrators once, a fortnight before their review is overdue', async () => {
    const job = site.app.get(HelplinesDueJob, { strict: false });
    const notices = async (): Promise<number> =>
      (await site.make.rows(`select 1 from notices where kind = 'helplines-due'`)).length;
    const days = (Date.parse('2027-01-20') - site.clock.now().getTime()) / DAY;
    site.clock.move(days * DAY);
    await job.run();
    expect(await notices()).toBe(1);
    await job.run();
    expect(await notices()).toBe(1);
    const [first] = await site.make.rows(`select id from notices where kind = 'helplines-due'`);
    site.clock.move(15 * DAY);
    await job.run();
    const again = await site.make.rows(`select id from notices where kind = 'helplines-due'`);
    expect(again.length).toBe(1);
    expect(again).not.toEqual([first]);
    const later = await site.as('keeper');
    expect(await page(later, '/notifications')).toContain('Some helplines are due for a check.');
    expect(await page(later, '/admin')).toMatch(/\d+ helplines are due for a check/);
  });
});
