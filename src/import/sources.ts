import { openDiscourse } from './discourse.js';
import type { OpenSource } from './open-source.js';

/** What can be imported, by the name at the command line. */
export const SOURCES: Readonly<Record<string, OpenSource>> = { discourse: openDiscourse };
