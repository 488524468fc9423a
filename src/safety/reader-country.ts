import type { Request } from 'express';
import { knownCountry } from './helplines.js';

/**
 * The country whose lines are shown: what the reader says, else what the member said, else a guess by the browser's language. Never by
 * the network's address. The same on every page, a member's own card among them.
 */
export function countryOf(req: Request, fallback: string): string {
  const asked = req.path === '/help-now' && typeof req.query.country === 'string' ? req.query.country.toUpperCase() : null;
  const region = /[a-z]{2}-([A-Z]{2})/.exec(req.headers['accept-language'] ?? '')?.[1];
  return knownCountry(asked) ?? knownCountry(req.viewer?.country) ?? knownCountry(region) ?? knownCountry(fallback) ?? 'GB';
}
