/**
 * One log-in for each role, for trying things out; refused in production and where others can reach
 * the server.
 */
export interface DemoAccount {
  handle: string;
  email: string;
  role: 'member' | 'moderator' | 'admin';
  /** In the demo communities: who they are there. */
  as: 'member' | 'supporter' | 'moderator' | 'admin';
}

export { DEMO_PASSWORD } from '../accounts/demo-log-ins.js';

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { handle: 'driftwood', email: 'member@demo.example', role: 'member', as: 'member' },
  { handle: 'kettle-on', email: 'supporter@demo.example', role: 'member', as: 'supporter' },
  { handle: 'harbour-mod', email: 'moderator@demo.example', role: 'moderator', as: 'moderator' },
  { handle: 'keel-admin', email: 'admin@demo.example', role: 'admin', as: 'admin' },
];
