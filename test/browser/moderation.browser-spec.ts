import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser as Chromium, type BrowserContext, type Page } from 'playwright-core';
import { testApp, type TestApp } from '../support/app.js';
import { axeFindings, launchChromium, nextPage } from '../support/chromium.js';

const CASES = 300;
const TIERS = ['crisis', 'urgent', 'watch', 'unknown', 'none'] as const;
const REASONS = [
  ['triage.crisis'],
  ['report.bullying', 'report.threats'],
  ['concern.self-harm'],
  ['triage.language-not-screened'],
  ['hold.first-post'],
];

/** Rows of a list in which the box of one part lies over that of another. */
const OVERLAPPING = `[...document.querySelectorAll('.thread-row')].filter((row) => {
  const boxes = [...row.children].map((one) => one.getBoundingClientRect());
  return boxes.some((a, n) => boxes.slice(n + 1).some((b) => a.left < b.right - 1 &&
    b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1));
}).map((row) => row.innerText)`;

describe('the moderators’ pages in Chromium', () => {
  let site: TestApp;
  let browser: Chromium;
  let opened: string;
  let decision: string;
  let note: string;

  beforeAll(async () => {
    site = await testApp({ workers: false });
    await site.make.community({ slug: 'here' });
    await site.make.join('keeper', 'here', 'moderator');
    const thread = await site.make.thread({
      community: 'here',
      title: 'A thread to look after',
      author: 'writer',
    });
    for (let n = 0; n < CASES; n += 1) {
      const tier = TIERS[n % 5] ?? 'watch';
      opened = await site.make.case({
        post: await site.make.reply({ thread, author: 'writer', body: `Words number ${n}` }),
        tier,
        reasons: REASONS[n % 5],
        opened: n * 3,
        due: 600 - n * 4,
      });
    }
    await site.make.rows(
      `
        update review_cases
        set signals = '[{"rule": "r", "span": [0, 5], "why": "a reason in words"}]',
          rules_version = '7'
        where id = $1
      `,
      [opened],
    );
    decision = await site.make.decision({
      case: await site.make.case({ post: await site.make.reply({ thread, author: 'keeper' }) }),
    });
    await site.make.rows(`update review_cases set tier = 'crisis' where id = $1`, [opened]);
    await site.make.rows(
      `
        update communities
        set hours = '{"timeZone": "UTC", "outside": "", "weekly": [
          {"days": [1, 2, 3, 4, 5, 6, 7], "from": "06:00", "to": "22:00"}]}'
        where slug = 'here'
      `,
    );
    await site.make.rows(
      `
        insert into shifts (member_id, duty, starts_at, ends_at, created_at)
        select id, 'lead', now(), now() + interval '5 hours', now()
        from members
        where handle = 'keeper'
      `,
    );
    [{ id: note }] = (await site.make.rows(
      `
        insert into aftercare_notes (thread_id, member_id, created_at)
        values ($1, $2, now())
        returning id
      `,
      [thread, await site.make.member('keeper')],
    )) as [{ id: string }];
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  async function context(width: number, script: boolean): Promise<BrowserContext> {
    const made = await browser.newContext({
      viewport: { width, height: 900 },
      javaScriptEnabled: script,
      bypassCSP: script,
      locale: 'en-GB',
    });
    await made.addCookies([
      { name: 'session', value: await site.make.session('keeper'), url: site.url },
    ]);
    return made;
  }

  const paths = (): string[] => [
    '/mod',
    '/mod?tier=unknown',
    `/mod/cases/${opened}`,
    `/mod/cases/${opened}?words=open`,
    `/mod/cases/${opened}/escalation`,
    `/mod/cases/${opened}/debrief`,
    `/mod/cases/${opened}?sure=spared`,
    '/mod/shifts',
    '/mod/me',
    `/aftercare/${note}`,
    '/mod/log',
    '/mod/stats',
    '/mod/wordings',
    '/mod/members/writer',
    `/decisions/${decision}`,
    '/transparency',
    '/standing',
  ];

  it.each([320, 1280])('fit the screen, and axe finds nothing (%i px)', async (width) => {
    await (await site.as('keeper')).post(`/mod/cases/${opened}/claim`);
    await (await site.as('keeper')).post(`/mod/cases/${opened}/read`);
    await site.make.join('writer', 'here').catch(() => undefined);
    const open = await context(width, true);
    const page = await open.newPage();
    for (const path of paths()) {
      const answer = await page.goto(`${site.url}${path}`);
      expect({ path, status: answer?.status() }).toEqual({ path, status: 200 });
      const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
      expect({ path, wide }).toEqual({ path, wide: false });
      expect({ path, over: await page.evaluate(OVERLAPPING) }).toEqual({ path, over: [] });
      expect({ path, found: await axeFindings(page) }).toEqual({ path, found: [] });
      // Controls are also large enough to tap.
      const small = (await page.evaluate(
        `[...document.querySelectorAll(
          'main button, main .button, main .tabs a, main .thread-row__title a, main summary',
        )]
          .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43)
          .map((one) => one.outerHTML.slice(0, 90))`,
      )) as string[];
      expect({ path, small }).toEqual({ path, small: [] });
    }
    // The decision is one press away, however long the text is.
    await page.goto(`${site.url}/mod/cases/${opened}?words=open`);
    await page.locator('.exits a[href="#decide"]').click();
    expect((await page.locator('#decide').boundingBox())?.y).toBeLessThan(450);
    await open.close();
  });

  /** The label or text of the focused control. */
  async function focused(page: Page): Promise<string> {
    return (await page.evaluate(
      `(document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent ?? '').trim()`,
    )) as string;
  }

  /** Presses Tab until a control with this name has focus. */
  async function press(page: Page, name: RegExp, key = 'Tab'): Promise<void> {
    for (let stops = 0; stops < 120; stops += 1) {
      await page.keyboard.press(key);
      if (name.test(await focused(page))) return;
    }
    throw new Error(`no way by keyboard to ${String(name)}`);
  }

  /** Chooses a radio button of the decision: Tab reaches the first, arrow keys the others. */
  async function choose(page: Page, name: RegExp): Promise<void> {
    await page.locator('input[name="action"]').first().waitFor();
    for (let stops = 0; stops < 120; stops += 1) {
      await page.keyboard.press('Tab');
      const group = (await page.evaluate('document.activeElement.name ?? ""')) as string;
      if (group !== 'action') continue;
      await page.keyboard.press('Space');
      if (!name.test(await focused(page))) await press(page, name, 'ArrowDown');
      return;
    }
    throw new Error(`no way by keyboard to the actions`);
  }

  async function enter(page: Page): Promise<void> {
    await nextPage(page, () => page.keyboard.press('Enter'));
  }

  it('work by keyboard without script: queue, claim, open, decide', async () => {
    const open = await context(1280, false);
    const page = await open.newPage();
    await page.goto(`${site.url}/mod`);
    expect(await page.locator('.case-row').count()).toBe(30);
    const tabs = page.getByRole('navigation', { name: 'Moderation pages' });
    expect(await tabs.getByRole('link').count()).toBe(8);
    // Not the case that the test above has claimed.
    await press(page, new RegExp(`^Case (?!${opened}:)\\d+: A reply in The here$`));
    await enter(page);
    const id = /\d+$/.exec(page.url())?.[0] ?? '';
    await press(page, /^Take this case$/);
    await enter(page);
    await press(page, /^Show the text$/);
    await enter(page);
    expect(await page.locator('.case-text').first().textContent()).toContain('Words number');
    await choose(page, /^No action needed$/);
    await press(page, /^Decide$/);
    await enter(page);
    expect(await page.locator('main').textContent()).toContain('Decided. The case is closed');
    const [row] = (await site.make.rows('select state from review_cases where id = $1', [id])) as [
      { state: string },
    ];
    expect(row.state).toBe('closed');
    await open.close();
  });

  it('have keyboard shortcuts for the list and the text, once they are enabled', async () => {
    const open = await context(1280, true);
    const page = await open.newPage();
    const focusedCase = (): Promise<unknown> =>
      page.evaluate(
        `[...document.querySelectorAll('.case-row a')].indexOf(document.activeElement)`,
      );
    const type = async (keys: string): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await page.goto(`${site.url}/mod`);
    await type('jj');
    expect(await focusedCase()).toBe(-1);
    await page.getByRole('link', { name: 'Keyboard shortcuts' }).click();
    await page.getByLabel('Use j and k to move through the cases').check();
    await nextPage(page, () => page.getByRole('button', { name: 'Save display settings' }).click());
    await page.goto(`${site.url}/mod`);
    await type('jjjk');
    expect(await focusedCase()).toBe(1);
    await page.keyboard.press('Control+j');
    expect(await focusedCase()).toBe(1);
    await page.getByText('Filter cases').click();
    await page.getByLabel('Priority', { exact: true }).focus();
    await type('j');
    expect(await focusedCase()).toBe(-1);
    await page.locator('.case-row a').nth(5).focus();
    await nextPage(page, () => page.keyboard.press('o'));
    expect(page.url()).toMatch(/\/mod\/cases\/\d+$/);
    await nextPage(page, () => page.getByRole('button', { name: 'Take this case' }).click());
    await nextPage(page, () => page.keyboard.press('o'));
    expect(page.url()).toContain('words=open');
    await open.close();
  });
});
