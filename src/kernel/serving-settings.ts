import { DatabaseSettings } from './database-settings.js';
import { processes, Setting, wholeNumber } from './settings.js';

/** The number of web processes, and the size of their page cache. */
export class ServingSettings extends DatabaseSettings {
  /** Web processes that share the port; `auto` for one per processor. */
  @Setting(processes)
  WEB_PROCESSES = 1;

  /** Megabytes of public pages that each web process caches for guests; 0 to disable the cache. */
  @Setting(wholeNumber(0, 1_024))
  PAGE_MEMORY_MB = 24;
}
