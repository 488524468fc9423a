import { ConfigFault, type Config } from '../kernel/config.js';

/**
 * Requires the settings of services that several processes share.
 * @throws ConfigFault that names the missing settings
 */
export function requireSharedServices(config: Config): Config {
  const missing = (['DATABASE_URL', 'SMTP_URL'] as const).filter(
    (name) => config[name] === undefined,
  );
  if (missing.length > 0)
    throw new ConfigFault(
      `Settings: ${missing.join(' and ')} must be set here; ` +
        'only `npm start` comes with a database and a mailbox. See .env.example.',
    );
  return config;
}
