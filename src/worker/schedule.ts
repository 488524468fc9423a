import { DAY, HOUR, MINUTE } from '../kernel/clock.js';
import type { Recurring } from '../queue/recurring-jobs.js';

/** Every recurring job. */
export const schedule: readonly Recurring[] = [
  { job: 'pass-on-held', queue: 'urgent', every: MINUTE },
  { job: 'raise-alarms', queue: 'urgent', every: MINUTE },
  { job: 'reopen-threads', queue: 'bulk', every: MINUTE },
  { job: 'mail-waiting-notices', queue: 'default', every: MINUTE },
  { job: 'pass-on-waiting', queue: 'default', every: 15 * MINUTE },
  { job: 'remind-after-crisis', queue: 'default', every: HOUR },
  { job: 'post-prompts', queue: 'default', every: 15 * MINUTE },
  { job: 'compute-fit', queue: 'bulk', every: DAY },
  { job: 'forget-signals', queue: 'bulk', every: DAY },
  { job: 'clear-accounts', queue: 'bulk', every: DAY },
  { job: 'clear-old-wordings', queue: 'bulk', every: DAY },
  { job: 'close-accounts', queue: 'bulk', every: HOUR },
  { job: 'clear-visits', queue: 'bulk', every: HOUR },
  { job: 'write-look-backs', queue: 'bulk', every: HOUR },
  { job: 'remind-of-toolkit', queue: 'bulk', every: HOUR },
  { job: 'tell-first-weeks', queue: 'bulk', every: HOUR },
  // Often, so that a second worker soon takes its share of a long run.
  { job: 'send-digests', queue: 'bulk', every: MINUTE / 6 },
  { job: 'gather-search-words', queue: 'bulk', every: 6 * HOUR },
];
