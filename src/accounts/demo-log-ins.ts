import type { Config } from '../kernel/config.js';

/** The same for all demo log-ins: this is no secret, and the data is nobody's. */
export const DEMO_PASSWORD = 'quiet-water-boat';
/** The demo log-ins' addresses end with this; no mail reaches it (RFC 2606). */
const DEMO_DOMAIN = '@demo.example';

/**
 * Whether a log-in with what everybody can read in the README is refused here: the demo addresses
 * always, and outside production the demo password too, should a demo account have been given
 * another address.
 */
export function refusesDemo(config: Config, email: string, password: string): boolean {
  if (config.demoLogIns) return false;
  return (
    email.trim().toLowerCase().endsWith(DEMO_DOMAIN) ||
    (!config.production && password === DEMO_PASSWORD)
  );
}
