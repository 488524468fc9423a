import { COMMUNITIES, STRATEGIES, WRITING } from './community-kinds.js';
import type { Kind } from './kind.js';
import { MODERATION } from './moderation-kinds.js';
import { NOTICES, PEOPLE } from './people-kinds.js';
import { PRIVATE } from './private-kinds.js';

/** All kinds, in the order in which they are exported and imported. */
export const KINDS: readonly Kind[] = [
  ...COMMUNITIES,
  ...PEOPLE,
  ...WRITING,
  ...STRATEGIES,
  ...PRIVATE,
  ...MODERATION,
  ...NOTICES,
];

const COMPUTED = 'is computed from what is exported';

/** Tables that are not exported, each with the reason. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  community_fit: COMPUTED,
  community_neighbours: COMPUTED,
  post_words: COMPUTED,
  search_vocabulary: COMPUTED,
  known_devices: 'belongs to the cookies of browsers at the old address',
  push_subscriptions: 'belongs to browsers, and ends with their sessions',
  site_closures: 'is about the old site',
  sessions: 'belongs to the cookies of browsers; everybody logs in again',
  access_tokens: 'belongs to programs at the old site, of which digests alone are kept',
  private_feeds: 'belongs to addresses at the old site, of which digests alone are kept',
  webhook_deliveries: 'is a log of what was sent, ids and kinds alone',
  webhook_endpoints: 'belongs to other systems, whose keys are encrypted with a setting',
  toolkit_unlocks: 'belongs to a session',
  one_time_tokens: 'links that are good for hours; another can be asked for',
  used_challenges: 'counts for minutes',
  rate_limits: 'counts for minutes',
  page_changes: 'says for an hour which pages changed',
  schema_migrations: 'says how this version stores things',
};
