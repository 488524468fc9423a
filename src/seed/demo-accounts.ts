/** One log-in for each role, for trying things out; refused in production. */
export interface DemoAccount {
  handle: string;
  email: string;
  role: 'member' | 'moderator' | 'admin';
  /** In the demo communities: who they are there. */
  as: 'member' | 'supporter' | 'moderator' | 'admin';
}

/** The same for all of them: this is no secret, and the data is nobody's. */
export const DEMO_PASSWORD = 'quiet-water-boat';

export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { handle: 'driftwood', email: 'member@demo.example', role: 'member', as: 'member' },
  { handle: 'kettle-on', email: 'supporter@demo.example', role: 'member', as: 'supporter' },
  { handle: 'harbour-mod', email: 'moderator@demo.example', role: 'moderator', as: 'moderator' },
  { handle: 'keel-admin', email: 'admin@demo.example', role: 'admin', as: 'admin' },
];
