import { existsSync } from 'node:fs';

const { CHROMIUM_PATH: chosen } = process.env;
const SHELL = '/usr/bin/chromium-headless-shell';

/** The browser of the suite, whether it is there or not. */
export const CHROMIUM = chosen ?? '/usr/bin/chromium';

/** The same without windows, which takes a third less of the processor; else the browser itself. */
export const CHROMIUM_SHELL = chosen === undefined && existsSync(SHELL) ? SHELL : CHROMIUM;
