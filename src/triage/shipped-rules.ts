import { loadRules } from './rules.js';

/** The bundled rules, compiled once for all users. */
export const shippedRules = loadRules();
