import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright-core';
import { CHROMIUM, CHROMIUM_SHELL } from './chromium-path.mjs';

/** The script of axe, to be put into a page. */
const AXE = readFileSync(
  createRequire(`${process.cwd()}/package.json`).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** Flags for a Chromium that runs as root, without a screen, and asks nothing of the network. */
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
 * Starts Chromium without a screen: the shell, which has no windows to draw, where it is installed.
 * @param kind `whole` for what only the browser with windows has: notifications
 */
export function launchChromium(kind?: 'whole'): Promise<Browser> {
  const executablePath = kind === 'whole' ? CHROMIUM : CHROMIUM_SHELL;
  return chromium.launch({ executablePath, args: ARGS });
}

/**
 * Does what leads to another page, and waits until that one is loaded. Waiting for `load` alone may
 * catch that of the page before, where the machine is slow.
 */
export async function nextPage(page: Page, act: () => Promise<unknown>): Promise<void> {
  const frame = page.mainFrame();
  const shown = page.waitForEvent('framenavigated', { predicate: (each) => each === frame });
  await Promise.all([shown, act()]);
  await page.waitForLoadState('load');
}

/** The rules whose answer depends on the colours that a reader chose. */
const COLOURS = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
const EVERY = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * Asks axe about the page as it is shown now. Colours that change with the scheme arrive at once: a
 * transition is brought to its end, as one on a page that draws no frame would never end. The style
 * sheets are not loaded a second time (`preload`): only an experimental rule reads them.
 * @param rules `colours` for a page whose structure was asked about in other colours
 * @returns a line for each rule that is broken, with the first element that breaks it
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
