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
  taggedAddress,
  matching,
  oneOf,
  port,
  proxies,
  readSettings,
  secret,
  Setting,
  wholeNumber,
} from './settings.js';

/** All settings, read once at start. `.env.example` documents each of them for operators. */
export class Config extends PushSettings {
  @Setting(oneOf('development', 'production', 'test'))
  NODE_ENV: 'development' | 'production' | 'test' = 'development';

  /** Without it the development mailbox catches all email. */
  @Setting(address('smtp', 'smtps'))
  SMTP_URL?: string;

  @Setting(matching(/@/, 'must be an address such as Name <name@example.org>'))
  MAIL_FROM = 'Messages <hello@localhost>';

  /** The public base URL, used in emails and for cookies. */
  @Setting(address('http', 'https'))
  BASE_URL?: string;

  @Setting(port)
  PORT = 3000;

  @Setting(anyText)
  HOST?: string;

  /** Directory of the embedded database, mailbox and generated key; relative to the project. */
  @Setting(anyText)
  DATA_DIR = './var';

  /** Signs tokens and encrypts form state. */
  @Setting(secret(32))
  SECRET_KEY?: string;

  /** The previous key; tokens signed with it remain valid. */
  @Setting(secret(32))
  SECRET_KEY_PREVIOUS?: string;

  /** Proxies whose forwarded addresses are trusted. */
  @Setting(proxies)
  TRUST_PROXY?: string;

  @Setting(oneOf('debug', 'info', 'warn', 'error', 'silent'))
  LOG_LEVEL: 'debug' | 'info' | 'warn' | 'error' | 'silent' = 'info';

  @Setting(port)
  MAILBOX_PORT = 1080;

  /** `public` allows the demo log-ins even when other machines can reach this server. */
  @Setting(oneOf('on', 'off', 'public'))
  DEMO?: 'on' | 'off' | 'public';

  /** Target of the "Leave quickly" link. */
  @Setting(address('https', 'http'))
  LEAVE_URL = 'https://www.bbc.co.uk/weather';

  /** Country whose helplines are shown to readers whose country is unknown. */
  @Setting({
    expected: 'must be a country of ISO 3166-1, as GB',
    accepts: (code: string) => COUNTRY_CODES.includes(code),
  })
  DEFAULT_COUNTRY = 'GB';

  /** Minimum age to join, in years. */
  @Setting(wholeNumber(13, 21))
  MINIMUM_AGE = 18;

  /** The organisation's OpenID Connect provider; without it that log-in is disabled. */
  @Setting(address('https', 'http'))
  OIDC_ISSUER?: string;
  @Setting(anyText)
  OIDC_CLIENT_ID?: string;
  @Setting(anyText)
  OIDC_CLIENT_SECRET?: string;
  /** The organisation's name. */
  @Setting(anyText)
  OIDC_NAME = 'your organisation';

  /** Whether people may join without an email address; recovery codes then replace emails. */
  @Setting(oneOf('on', 'off'))
  ACCOUNTS_WITHOUT_MAIL: 'on' | 'off' = 'on';

  /** Minutes without a request after which a moderator's session expires. */
  @Setting(wholeNumber(5, 43_200))
  STAFF_IDLE_MINUTES = 30;

  /** The operator's name on the About and Privacy pages; empty if not given. */
  @Setting(anyText)
  OPERATOR = '';

  /** Contact details of the operator; empty if not given. */
  @Setting(anyText)
  CONTACT = '';

  /** Whether `npm run admin -- check-links` may request the URLs of "Help elsewhere". */
  @Setting(oneOf('on', 'off'))
  LINK_CHECKS: 'on' | 'off' = 'off';

  /** Whether posts are screened for risk. When off, the queue says so and reports still work. */
  @Setting(oneOf('on', 'off'))
  TRIAGE: 'on' | 'off' = 'on';

  /** Encrypts the keys of members' private pages; defaults to a key derived from SECRET_KEY. */
  @Setting(secret(32))
  PRIVATE_KEY?: string;

  @Setting(secret(32))
  PRIVATE_KEY_PREVIOUS?: string;

  /**
   * Alerts for the moderator on call are also posted here, signed; they contain a count and no
   * text.
   */
  @Setting(address('https', 'http'))
  ALERT_WEBHOOK_URL?: string;

  @Setting(secret(16))
  ALERT_WEBHOOK_SECRET?: string;

  /** Domain of the DKIM signature; requires the selector and the key. */
  @Setting(anyText)
  DKIM_DOMAIN?: string;

  @Setting(anyText)
  DKIM_SELECTOR = 'sameboat';

  @Setting(anyText)
  DKIM_PRIVATE_KEY_FILE?: string;

  /** Authenticates bounces, complaints and replies that our own mail server delivers. */
  @Setting(secret(16))
  MAIL_INTAKE_SECRET?: string;

  /** Return address of emails; each email appends its own tag after a plus. */
  @Setting(taggedAddress('bounce'))
  MAIL_BOUNCE_ADDRESS?: string;

  /** Address for unsubscribing by email, in addition to the link. */
  @Setting(taggedAddress('leave'))
  MAIL_LEAVE_ADDRESS?: string;

  @Setting(oneOf('on', 'off'))
  REPLY_BY_MAIL: 'on' | 'off' = 'off';

  @Setting(taggedAddress('reply'))
  MAIL_REPLY_ADDRESS?: string;

  /** Bearer token for /metrics; without it only this machine may read them. */
  @Setting(secret(16))
  METRICS_TOKEN?: string;

  /** Maximum number of emails to one domain per minute; 0 for no limit. */
  @Setting(wholeNumber(0, 100_000))
  MAIL_PER_DOMAIN = 0;

  /** Encrypts backups; read only by the commands that write and restore them. */
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
    // Called for every cookie of every page, so it must not allocate.
    return this.BASE_URL?.startsWith('https:') ?? false;
  }

  get host(): string {
    return this.HOST ?? (this.production ? '0.0.0.0' : '127.0.0.1');
  }

  /**
   * Whether the demo log-ins, whose password is public, are enabled: never in production, and only
   * with an explicit `DEMO=public` if other machines can reach the server.
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

  /** The current key and, if set, the previous one: tokens of either are valid. */
  get secrets(): readonly string[] {
    return [this.secret, this.SECRET_KEY_PREVIOUS].filter((key) => key !== undefined);
  }
}

export class ConfigFault extends Error {}

/**
 * Reads and validates the settings.
 * @throws ConfigFault with a single line that names every invalid setting
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

/** Loads `.env` beside package.json, if it exists; the environment takes precedence. */
export function loadConfig(): Config {
  const file = join(ROOT, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return readConfig(process.env);
}
