import { existsSync } from 'node:fs';

const { CHROMIUM_PATH: chosen } = process.env;
const SHELL = '/usr/bin/chromium-headless-shell';

/** The browser for the suite, whether or not it is installed. */
export const CHROMIUM = chosen ?? '/usr/bin/chromium';

/** Its headless shell, which takes a third less CPU time; otherwise the browser itself. */
export const CHROMIUM_SHELL = chosen === undefined && existsSync(SHELL) ? SHELL : CHROMIUM;
