import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

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
