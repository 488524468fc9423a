import type { Config } from '../kernel/config.js';

/** Shared by all demo log-ins. It is not a secret, and the demo data is fictitious. */
export const DEMO_PASSWORD = 'quiet-water-boat';
/** Domain of the demo log-ins' addresses; emails to it are undeliverable (RFC 2606). */
const DEMO_DOMAIN = '@demo.example';

/**
 * Whether to reject a log-in with credentials that are public in the README: the demo addresses
 * always, and outside production also the demo password, in case a demo account's address was
 * changed.
 */
export function refusesDemo(config: Config, email: string, password: string): boolean {
  if (config.demoLogIns) return false;
  return (
    email.trim().toLowerCase().endsWith(DEMO_DOMAIN) ||
    (!config.production && password === DEMO_PASSWORD)
  );
}
