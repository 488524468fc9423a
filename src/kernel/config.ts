import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { COUNTRY_CODES } from './countries.js';
import { mailFaults } from './mail-settings.js';
import { isLoopbackHost } from './network.js';
import { ROOT } from './paths.js';
import { pushFaults, PushSettings } from './push-settings.js';
import { requiredFaults } from './required-settings.js';
import { storedSecret } from './stored-secret.js';
import {
  address,
  anyText,
  markedAddress,
  matching,
  oneOf,
  port,
  proxies,
  readSettings,
  secret,
  Setting,
  wholeNumber,
} from './settings.js';

/** Every setting, read once. `.env.example` explains each to the operator. */
export class Config extends PushSettings {
  @Setting(oneOf('development', 'production', 'test'))
  NODE_ENV: 'development' | 'production' | 'test' = 'development';

  /** Without it the development mailbox catches all mail. */
  @Setting(address('smtp', 'smtps'))
  SMTP_URL?: string;

  @Setting(matching(/@/, 'must be an address such as Name <name@example.org>'))
  MAIL_FROM = 'Messages <hello@localhost>';

  /** The public address, in mails and for cookies. */
  @Setting(address('http', 'https'))
  BASE_URL?: string;

  @Setting(port)
  PORT = 3000;

  @Setting(anyText)
  HOST?: string;

  /** Embedded database, mailbox and kept key; relative to the project. */
  @Setting(anyText)
  DATA_DIR = './var';

  /** Signs tokens and seals forms. */
  @Setting(secret(32))
  SECRET_KEY?: string;

  /** The former key, for tokens that are still signed with it. */
  @Setting(secret(32))
  SECRET_KEY_PREVIOUS?: string;

  /** Proxies whose forwarded addresses are trusted. */
  @Setting(proxies)
  TRUST_PROXY?: string;

  @Setting(oneOf('debug', 'info', 'warn', 'error', 'silent'))
  LOG_LEVEL: 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'info';

  @Setting(port)
  MAILBOX_PORT = 1080;

  /** `public` allows the demo log-ins even where others can reach this server. */
  @Setting(oneOf('on', 'off', 'public'))
  DEMO?: 'on' | 'off' | 'public';

  /** Where "Leave quickly" goes. */
  @Setting(address('https', 'http'))
  LEAVE_URL = 'https://www.bbc.co.uk/weather';

  /** The country whose crisis lines are shown to a reader whose country is unknown. */
  @Setting({
    expected: 'must be a country of ISO 3166-1, as GB',
    accepts: (code: string) => COUNTRY_CODES.includes(code),
  })
  DEFAULT_COUNTRY = 'GB';

  /** Minimum age to join, in years. */
  @Setting(wholeNumber(13, 21))
  MINIMUM_AGE = 18;

  /** The organisation's OpenID Connect provider; without it nobody logs in that way. */
  @Setting(address('https', 'http'))
  OIDC_ISSUER?: string;
  @Setting(anyText)
  OIDC_CLIENT_ID?: string;
  @Setting(anyText)
  OIDC_CLIENT_SECRET?: string;
  /** The organisation's name. */
  @Setting(anyText)
  OIDC_NAME = 'your organisation';

  /** Whether somebody may join without an address; recovery codes take the place of mails. */
  @Setting(oneOf('on', 'off'))
  ACCOUNTS_WITHOUT_MAIL: 'on' | 'off' = 'on';

  /** A moderator's session ends after so many minutes without a request. */
  @Setting(wholeNumber(5, 43_200))
  STAFF_IDLE_MINUTES = 30;

  /** The operator's name on the pages About and Privacy; empty where none is given. */
  @Setting(anyText)
  OPERATOR = '';

  /** How to reach the operator; empty where no way is given. */
  @Setting(anyText)
  CONTACT = '';

  /** Whether `npm run admin -- check-links` may ask the addresses of "Help elsewhere". */
  @Setting(oneOf('on', 'off'))
  LINK_CHECKS: 'on' | 'off' = 'off';

  /** Risk screening of posts; where it is off, the queue shows so and reports still work. */
  @Setting(oneOf('on', 'off'))
  TRIAGE: 'on' | 'off' = 'on';

  /** Wraps the keys of members' private pages; without it a key derived from SECRET_KEY. */
  @Setting(secret(32))
  PRIVATE_KEY?: string;

  @Setting(secret(32))
  PRIVATE_KEY_PREVIOUS?: string;

  /** Alarms for the moderator on call are also posted here, signed: a count and no text. */
  @Setting(address('https', 'http'))
  ALERT_WEBHOOK_URL?: string;

  @Setting(secret(16))
  ALERT_WEBHOOK_SECRET?: string;

  /** Signs outgoing mail, together with the selector and the key. */
  @Setting(anyText)
  DKIM_DOMAIN?: string;

  @Setting(anyText)
  DKIM_SELECTOR = 'sameboat';

  @Setting(anyText)
  DKIM_PRIVATE_KEY_FILE?: string;

  /** Authenticates bounces, complaints and replies that our own mail server hands over. */
  @Setting(secret(16))
  MAIL_INTAKE_SECRET?: string;

  /** Return address of mails; each adds a mark of its own after a plus. */
  @Setting(markedAddress('bounce'))
  MAIL_BOUNCE_ADDRESS?: string;

  /** Address for unsubscribing by mail, beside the link. */
  @Setting(markedAddress('leave'))
  MAIL_LEAVE_ADDRESS?: string;

  @Setting(oneOf('on', 'off'))
  REPLY_BY_MAIL: 'on' | 'off' = 'off';

  @Setting(markedAddress('reply'))
  MAIL_REPLY_ADDRESS?: string;

  /** Who may read /metrics; without it only this machine. */
  @Setting(secret(16))
  METRICS_TOKEN?: string;

  /** Most mails to one domain in a minute; 0 for no limit. */
  @Setting(wholeNumber(0, 100_000))
  MAIL_PER_DOMAIN = 0;

  /** Encrypts backups; asked for by the commands that write and read them alone. */
  @Setting(secret(12))
  BACKUP_PASSPHRASE?: string;

  @Setting(anyText)
  BACKUP_PASSPHRASE_FILE?: string;

  get production(): boolean {
    return this.NODE_ENV === 'production';
  }

  get baseUrl(): string {
    return (this.BASE_URL ?? `http://localhost:${this.PORT}`).replace(/\/$/, '');
  }

  get secure(): boolean {
    // Asked for each cookie of each page, so that nothing is put together for it.
    return this.BASE_URL?.startsWith('https:') ?? false;
  }

  get host(): string {
    return this.HOST ?? (this.production ? '0.0.0.0' : '127.0.0.1');
  }

  /**
   * Whether the demo log-ins, whose password everybody knows, let anybody in: never in production,
   * and where more than this machine can reach the server only by an explicit `DEMO=public`.
   */
  get demoLogIns(): boolean {
    if (this.production) return false;
    const hosts = [this.host, new URL(this.baseUrl).hostname];
    return this.DEMO === 'public' || hosts.every((host) => isLoopbackHost(host));
  }

  get dataDir(): string {
    return resolve(ROOT, this.DATA_DIR);
  }

  get secret(): string {
    if (this.SECRET_KEY === undefined) throw new Error('SECRET_KEY is read before it is set');
    return this.SECRET_KEY;
  }

  /** The key, and the former one while it is set: what either made is good. */
  get secrets(): readonly string[] {
    return [this.secret, this.SECRET_KEY_PREVIOUS].filter((key) => key !== undefined);
  }
}

export class ConfigFault extends Error {}

/**
 * Reads and checks the settings.
 * @throws ConfigFault with one line that names every wrong setting
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const config = new Config();
  const faults = [
    ...readSettings(config, env),
    ...requiredFaults(config),
    ...mailFaults(config),
    ...pushFaults(config),
  ];
  if (faults.length > 0) throw new ConfigFault(`Settings: ${faults.join('; ')}. See .env.example.`);
  if (config.SECRET_KEY === undefined) config.SECRET_KEY = storedSecret(config.dataDir);
  return config;
}

/** `.env` beside package.json, when there is one, and the environment over it. */
export function loadConfig(): Config {
  const file = join(ROOT, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return readConfig(process.env);
}
