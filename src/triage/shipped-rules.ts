import { loadRules } from './rules.js';

/** The rules of this version, read and compiled once for everything that reads texts. */
export const shippedRules = loadRules();
