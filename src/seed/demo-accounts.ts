/**
 * A demo log-in for each role. Refused in production, and if the server is reachable from other
 * machines.
 */
export interface DemoAccount {
  handle: string;
  email: string;
  role: 'member' | 'moderator' | 'admin';
  /** Their role in the demo communities. */
  as: 'member' | 'supporter' | 'moderator' | 'admin';
}

export { DEMO_PASSWORD } from '../accounts/demo-log-ins.js';

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { handle: 'driftwood', email: 'member@demo.example', role: 'member', as: 'member' },
  { handle: 'kettle-on', email: 'supporter@demo.example', role: 'member', as: 'supporter' },
  { handle: 'harbour-mod', email: 'moderator@demo.example', role: 'moderator', as: 'moderator' },
  { handle: 'keel-admin', email: 'admin@demo.example', role: 'admin', as: 'admin' },
];
