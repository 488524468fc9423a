import { ConfigFault, type Config } from '../kernel/config.js';
import { Mailbox } from './mailbox.js';
import { EmbeddedPostgres } from './postgres.js';
import { RunningLock } from './running-lock.js';

/** The embedded services, for settings that name no external one. */
export interface EmbeddedServices {
  readonly mailbox: Mailbox | null;
  stop(): Promise<void>;
}

/**
 * Starts the missing services and fills in their settings. Starts nothing if everything is set.
 * @param what `join` uses the embedded database of a running Sameboat with the same data, if there
 *   is one
 * @throws ConfigFault in production, where a forgotten setting would otherwise open an empty
 *   database
 */
export async function startEmbedded(
  config: Config,
  what: 'all' | 'database-only' | 'join' = 'all',
): Promise<EmbeddedServices> {
  if (config.production && config.DATABASE_URL === undefined)
    throw new ConfigFault(
      'Settings: DATABASE_URL must be set in production; ' +
        'the embedded database is for trying things out. See .env.example.',
    );
  const running = what === 'join' ? EmbeddedPostgres.runningUrl(config.dataDir) : null;
  config.DATABASE_URL ??= running ?? undefined;
  const lock = config.DATABASE_URL === undefined ? RunningLock.take(config.dataDir) : null;
  let postgres: EmbeddedPostgres | null = null;
  let mailbox: Mailbox | null = null;
  const stop = async (): Promise<void> => {
    await mailbox?.stop();
    await postgres?.stop();
    lock?.release();
  };
  try {
    if (config.DATABASE_URL === undefined) {
      postgres = await EmbeddedPostgres.start(config.dataDir);
      config.DATABASE_URL = postgres.url;
    }
    if (what === 'all' && config.SMTP_URL === undefined) {
      mailbox = await Mailbox.start(config.dataDir, config.MAILBOX_PORT);
      config.SMTP_URL = mailbox.smtpUrl;
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { mailbox, stop };
}
