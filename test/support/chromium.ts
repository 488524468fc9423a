import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

/** The script of axe, to be put into a page. */
export const AXE = readFileSync(
  createRequire(`${process.cwd()}/package.json`).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** Flags for a Chromium that runs as root, without a screen, and asks nothing of the network. */
export const ARGS = [
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
 * Does what leads to another page, and waits until that one is loaded. Waiting for `load` alone may
 * catch that of the page before, where the machine is slow.
 */
export async function nextPage(page: Page, act: () => Promise<unknown>): Promise<void> {
  const frame = page.mainFrame();
  const shown = page.waitForEvent('framenavigated', { predicate: (each) => each === frame });
  await Promise.all([shown, act()]);
  await page.waitForLoadState('load');
}
