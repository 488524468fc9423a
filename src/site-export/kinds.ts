import { COMMUNITIES, STRATEGIES, WRITING_KINDS } from './community-kinds.js';
import type { Kind } from './kind.js';
import { MODERATION } from './moderation-kinds.js';
import { NOTICES, PEOPLE_KINDS } from './people-kinds.js';
import { PRIVATE } from './private-kinds.js';

/** All kinds, in the order of export and import. */
export const EXPORTED_KINDS: readonly Kind[] = [
  ...COMMUNITIES,
  ...PEOPLE_KINDS,
  ...WRITING_KINDS,
  ...STRATEGIES,
  ...PRIVATE,
  ...MODERATION,
  ...NOTICES,
];

const COMPUTED = 'is computed from exported data';

/** Tables that are not exported, each with the reason. */
export const EXCLUDED_TABLES: Readonly<Record<string, string>> = {
  community_fit: COMPUTED,
  community_neighbours: COMPUTED,
  post_words: COMPUTED,
  search_vocabulary: COMPUTED,
  known_devices: 'belongs to the cookies of browsers at the old address',
  push_subscriptions: 'belongs to browsers, and ends with their sessions',
  site_closures: 'is about the old site',
  sessions: 'belongs to the cookies of browsers; everyone logs in again',
  access_tokens: 'belongs to programs at the old site; only digests are stored',
  private_feeds: 'belongs to addresses at the old site; only digests are stored',
  webhook_deliveries: 'is a log of what was sent, with ids and kinds only',
  webhook_endpoints: 'belongs to other systems, whose keys are encrypted with a setting',
  toolkit_unlocks: 'belongs to a session',
  one_time_tokens: 'links that are valid for hours; another can be requested',
  used_challenges: 'is valid for minutes',
  sent_forms: 'is valid for minutes',
  rate_limits: 'is valid for minutes',
  page_changes: 'lists the pages that changed within an hour',
  schema_migrations: 'describes how this version stores data',
};
