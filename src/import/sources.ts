import { openDiscourse } from './discourse.js';
import { openFlarum } from './flarum.js';
import { openMbox } from './mbox.js';
import { openNodebb } from './nodebb.js';
import type { OpenSource } from './open-source.js';
import { openPhpbb } from './phpbb.js';

/** Supported sources, by their name on the command line. */
export const SOURCES: Readonly<Record<string, OpenSource>> = {
  discourse: openDiscourse,
  flarum: openFlarum,
  mbox: openMbox,
  nodebb: openNodebb,
  phpbb: openPhpbb,
};
