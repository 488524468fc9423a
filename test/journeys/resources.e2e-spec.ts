import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkLinks } from '../../src/cli/links.js';
import { LinkChecks } from '../../src/resources/link-checks.service.js';
import { Resources, knownResources } from '../../src/resources/resources.service.js';
import { testApp, type TestApp } from '../support/app.js';
import { textOf, type Browser } from '../support/browser.js';
import { DAY } from '../../src/kernel/clock.js';

describe('help elsewhere', () => {
  let site: TestApp;
  let guest: Browser;
  let admin: Browser;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.member('keeper', { role: 'admin' });
    guest = site.browser();
    admin = await site.as('keeper');
    expect(await site.app.get(Resources, { strict: false }).load()).toBe(knownResources().length);
    expect(await site.app.get(Resources, { strict: false }).load()).toBe(0);
  });
  afterAll(() => site.close());

  const page = async (browser: Browser, path: string): Promise<string> =>
    textOf((await browser.get(path)).html);
  /** The HTML of every page of a list, in order. */
  const pagesFrom = async (path: string, browser = guest): Promise<string[]> => {
    const pages: string[] = [];
    for (let next: string | undefined = path; next !== undefined;) {
      const { html } = await browser.get(next);
      pages.push(html);
      next = /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
      next = next?.replaceAll('&#x3D;', '=');
    }
    return pages;
  };
  const entry = async (slug: string): Promise<string> =>
    (
      (await site.make.rows('select id from resources where slug = $1', [slug])) as [{ id: string }]
    )[0].id;
  const good = {
    name: 'A good place',
    kind: 'peer',
    summary: 'People who listen.',
    url: 'https://good.example.org/',
    countries: 'gb, ie',
    languages: 'en',
    needs: ['sleep'],
    shown: 'on',
    checked: 'on',
    version: '0',
  };

  it('is listed for everybody by country, need and language, nearest first', async () => {
    expect(await page(guest, '/resources')).toContain('Find A Helpline');
    const here = await page(guest, '/resources?country=IE');
    expect(here.indexOf('Aware')).toBeLessThan(here.indexOf('Befrienders Worldwide'));
    expect(here).not.toContain('Beyond Blue');
    expect(await page(guest, '/resources?country=GB&need=grief')).toContain('Cruse');
    expect(await page(guest, '/resources?country=GB&need=grief')).not.toContain('OCD-UK');
    expect(await page(guest, '/resources?language=es&country=ES')).toContain('Salud Mental');
    expect(await page(guest, '/resources?country=XX&need=nonsense&language=zz&kind=%01')).toContain(
      'Find A Helpline',
    );
    const never = 'Links without a date have not been checked yet.';
    expect((await page(guest, '/resources?country=GB')).split(never)).toHaveLength(2);
  });

  it('is paged with the filter kept, every entry once', async () => {
    const pages = await pagesFrom('/resources?country=GB&kind=peer');
    const filtered = await pagesFrom('/resources');
    const slugs = (htmls: string[]): string[] =>
      htmls.flatMap((html) =>
        [...html.matchAll(/class="help-line" id="([^"]+)"/g)].map(([, slug]) => slug ?? ''),
      );
    expect(filtered.length).toBeGreaterThan(2);
    expect(slugs(filtered)).toHaveLength(knownResources().length);
    expect(new Set(slugs(filtered)).size).toBe(knownResources().length);
    expect(textOf(filtered[1] ?? '')).toContain(`Entries 16 to 30 of ${knownResources().length}`);
    expect(slugs(pages).length).toBe(
      knownResources().filter(
        ({ kind, countries }) =>
          kind === 'peer' && (countries.includes('GB') || countries.includes('ZZ')),
      ).length,
    );
    // A page beyond the last shows the last one, and an invalid page the first.
    const behind = (await guest.get('/resources?page=999')).html;
    expect(slugs([behind])).toEqual(slugs(filtered.slice(-1)));
    expect(slugs([(await guest.get('/resources?page=-1')).html])).toEqual(
      slugs(filtered.slice(0, 1)),
    );
  });

  it('starts with the country of a member’s settings', async () => {
    await site.make.member('aussie');
    await site.make.rows(`update members set country = 'AU' where handle = 'aussie'`);
    const browser = await site.as('aussie');
    expect(await page(browser, '/resources')).not.toContain('Hub of Hope');
    expect((await pagesFrom('/resources?country=any', browser)).join()).toContain('Hub of Hope');
  });

  it('accepts anonymous reports about an entry that does not work', async () => {
    const faulty = await guest.post(
      '/resources/mind/report',
      { problem: '', note: 'It never opens' },
      '/resources/mind/report',
    );
    expect(faulty.status).toBe(422);
    expect(faulty.html).toContain('It never opens');
    const sent = await guest.post(
      '/resources/mind/report',
      { problem: 'dead', note: '<b>It never opens</b>' },
      '/resources/mind/report',
    );
    expect(sent.location).toBe('/resources');
    expect(
      (
        await guest.post(
          '/resources/mind/report',
          { problem: 'dead', website: 'https://spam.example' },
          '/resources/mind/report',
        )
      ).status,
    ).toBe(422);
    expect((await guest.get('/resources/no-such/report')).status).toBe(404);
    const list = await admin.get('/admin/resources');
    expect(textOf(list.html)).toContain('The link does not open');
    expect(list.html).not.toContain('<b>It never');
    expect(textOf(list.html).indexOf('Reported')).toBeLessThan(
      textOf(list.html).indexOf('Befrienders'),
    );
    for (let n = 0; n < 9; n += 1)
      await guest.post('/resources/mind/report', { problem: 'dead' }, '/resources/mind/report');
    expect(
      (await guest.post('/resources/mind/report', { problem: 'dead' }, '/resources/mind/report'))
        .status,
    ).toBe(429);
  });

  it('is edited by administrators, with earlier versions kept and stale forms refused', async () => {
    const id = await entry('mind');
    const form = { ...good, name: 'Mind, changed', url: 'https://www.mind.org.uk/', version: '1' };
    expect((await admin.post(`/admin/resources/${id}`, form)).status).toBe(303);
    const stale = await admin.post(`/admin/resources/${id}`, {
      ...form,
      name: 'From another window',
    });
    expect(stale.status).toBe(409);
    expect(stale.html).toContain('value="From another window"');
    expect(stale.html).toContain('name="version" value="2"');
    const editor = textOf((await admin.get(`/admin/resources/${id}`)).html);
    expect(editor).toContain('Version 1');
    expect(editor).not.toContain('The link does not open');
    const all = (await pagesFrom('/resources')).map(textOf).join(' ');
    expect(all).toContain('Mind, changed');
    expect(all).toMatch(/Checked on \d/);
  });

  it('warns about entries that nobody has checked for three months', async () => {
    const { count: before } = (
      (await site.make.rows(
        `select count(*)::int as count from resources where shown and checked_on is null`,
      )) as [{ count: number }]
    )[0];
    expect(await page(admin, '/admin/resources')).toContain(
      `${before} entries have not been checked`,
    );
    site.clock.move(91 * DAY);
    expect(await page(admin, '/admin/resources')).toContain(
      `${before + 1} entries have not been checked`,
    );
    site.clock.move(-91 * DAY);
  });

  it('gets new entries with a unique slug, which can be hidden again', async () => {
    const first = await admin.post('/admin/resources', good);
    const second = await admin.post('/admin/resources', { ...good, shown: '' });
    expect([first.status, second.status]).toEqual([303, 303]);
    expect(
      await site.make.rows(
        `select slug, countries, shown from resources where name = 'A good place' order by id`,
      ),
    ).toEqual([
      { slug: 'a-good-place', countries: ['GB', 'IE'], shown: true },
      { slug: 'a-good-place-2', countries: ['GB', 'IE'], shown: false },
    ]);
    expect((await guest.get('/resources/a-good-place-2/report')).status).toBe(404);
  });

  it.each([
    ['name', { name: '' }],
    ['kind', { kind: 'shop' }],
    ['summary', { summary: 'x'.repeat(301) }],
    ['url', { url: 'http://good.example.org' }],
    ['url', { url: 'https://user:secret@good.example.org' }],
    ['url', { url: 'javascript:alert(1)' }],
    ['url', { url: 'https://127.0.0.1/' }],
    ['countries', { countries: 'GB GB' }],
    ['countries', { countries: 'Britain' }],
    ['countries', { countries: '' }],
    ['languages', { languages: 'english' }],
    ['needs', { needs: ['nonsense'] }],
  ])(
    'a faulty %s comes back with all that was typed',
    async (_field, fields: Record<string, string | string[]>) => {
      const answer = await admin.post('/admin/resources', {
        ...good,
        name: 'Kept words',
        ...fields,
      });
      expect(answer.status).toBe(422);
      expect(answer.html).toContain(
        'People who listen.'.slice(0, fields.summary === undefined ? 18 : 0),
      );
      expect(await site.make.rows(`select 1 from resources where name = 'Kept words'`)).toEqual([]);
    },
  );

  it('has no phone numbers, and only publicly reachable URLs', () => {
    for (const { summary, url } of knownResources()) {
      expect(summary).not.toMatch(/\d{3,}/);
      expect(url).toMatch(/^https:\/\/[a-z0-9.-]+\.[a-z]{2,}\//);
    }
  });

  it('has its links checked by an operator: working ones get a date, dead ones a report', async () => {
    const links = site.app.get(LinkChecks, { strict: false });
    const [gone, silent] = ['https://gone.example.org/', 'https://silent.example.org/'] as const;
    for (const [slug, url] of [
      ['cruse', gone],
      ['mind', silent],
    ])
      await site.make.rows('update resources set url = $2 where slug = $1', [slug, url]);
    const requested: string[] = [];
    const ask = (url: string): Promise<number> => {
      requested.push(url);
      return Promise.resolve(url === gone ? 404 : url === silent ? 503 : 200);
    };
    for (let n = 0; n < 2; n += 1) {
      const checked = await links.run(ask);
      expect(checked.filter(({ state }) => state === 'gone').map(({ url }) => url)).toEqual([gone]);
      expect(checked.filter(({ state }) => state !== 'works')).toHaveLength(2);
    }
    // Requests go only to the URLs of shown entries.
    const known = (await site.make.rows('select url from resources where shown')) as {
      url: string;
    }[];
    expect([...new Set(requested)].sort()).toEqual(known.map(({ url }) => url).sort());
    const rows = (await site.make.rows(
      `
        select r.slug, r.checked_on is not null as checked, count(p.id)::int as reports
        from resources r
        left join resource_reports p on p.resource_id = r.id
          and p.problem = 'dead'
          and p.answered_at is null
        where r.slug in ('cruse', 'ocd-uk')
        group by r.id
        order by r.slug
      `,
    )) as object[];
    expect(rows).toEqual([
      { slug: 'cruse', checked: false, reports: 1 },
      { slug: 'ocd-uk', checked: true, reports: 0 },
    ]);
  });

  it('is not checked if the setting forbids it', async () => {
    const run = (): never => {
      throw new Error('asked');
    };
    await expect(checkLinks({ run }, { LINK_CHECKS: 'off' })).rejects.toThrow('LINK_CHECKS=on');
  });
});
