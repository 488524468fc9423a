import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright-core';
import { CHROMIUM, CHROMIUM_SHELL } from './chromium-path.mjs';

/** The source of axe, to be injected into a page. */
const AXE = readFileSync(
  createRequire(`${process.cwd()}/package.json`).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** Flags for a headless Chromium that runs as root and makes no network requests of its own. */
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a headless Chromium, as the headless shell if that is installed.
 * @param kind `whole` for features of the complete browser: notifications
 */
export function launchChromium(kind?: 'whole'): Promise<Browser> {
  const executablePath = kind === 'whole' ? CHROMIUM : CHROMIUM_SHELL;
  return chromium.launch({ executablePath, args: ARGS });
}

/**
 * Performs an action that navigates, and waits until the next page is loaded. Waiting for `load`
 * alone can catch the event of the previous page on a slow machine.
 */
export async function nextPage(page: Page, act: () => Promise<unknown>): Promise<void> {
  const frame = page.mainFrame();
  const shown = page.waitForEvent('framenavigated', { predicate: (each) => each === frame });
  await Promise.all([shown, act()]);
  await page.waitForLoadState('load');
}

/** The rules whose result depends on the selected colours. */
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
const EVERY = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Runs axe on the page as currently displayed. Running transitions are finished first, as one on a
 * page that draws no frames would never end. Style sheets are not preloaded again, as only an
 * experimental rule needs them.
 * @param rules `colours` for a page whose structure has been checked in other colours
 * @returns a line for each violated rule, with the first element that violates it
 */
export async function axeFindings(
  page: Page,
  rules: 'every' | 'colours' = 'every',
): Promise<string[]> {
  if ((await page.evaluate('typeof axe')) === 'undefined') await page.evaluate(AXE);
  const options = {
    runOnly: rules === 'every' ? EVERY : COLOURS,
    resultTypes: ['violations'],
    preload: false,
  };
  return (await page.evaluate(`(() => {
    for (let turn = 0; turn < 10; turn += 1)
      for (const one of document.getAnimations())
        if (one.playState !== 'finished') one.finish();
    return axe.run(document, ${JSON.stringify(options)});
  })().then(({ violations }) =>
    violations.map(({ id, nodes }) => id + ': ' + (nodes[0]?.html ?? '')))`)) as string[];
}
