import { DatabaseSettings } from './database-settings.js';
import { processes, Setting, wholeNumber } from './settings.js';

/** How many web processes there are, and what each of them keeps. */
export class ServingSettings extends DatabaseSettings {
  /** Web processes that share the port; `auto` for one on each processor. */
  @Setting(processes)
  WEB_PROCESSES = 1;

  /** Megabytes of public pages that a web process keeps for guests; 0 for none. */
  @Setting(wholeNumber(0, 1_024))
  PAGE_MEMORY_MB = 24;
}
