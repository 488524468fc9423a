import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { plainToInstance, Transform } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
  ValidateBy,
  validateSync,
} from 'class-validator';
import { COUNTRY_CODES } from './countries.js';
import { newToken } from './ids.js';
import { mailFaults } from './mail-settings.js';
import { isLoopbackHost, isNetwork } from './network.js';
import { ROOT } from './paths.js';

/**
 * Names of ranges, addresses and networks, comma-separated: what Express takes as proxies to trust.
 */
const areNetworks = (text: unknown): boolean =>
  typeof text === 'string' && text.split(',').every((each) => isNetwork(each.trim()));

const blankAsMissing = Transform(({ value }) => (value === '' ? undefined : (value as unknown)));
const web = { require_tld: false, require_protocol: true };

/** Every setting, read once. `.env.example` explains each to the operator. */
export class Config {
  @blankAsMissing
  @IsOptional()
  @IsIn(['development', 'production', 'test'])
  NODE_ENV: 'development' | 'production' | 'test' = 'development';

  @blankAsMissing
  @IsOptional()
  @IsUrl({ ...web, protocols: ['postgres', 'postgresql'] })
  DATABASE_URL?: string;

  @blankAsMissing
  @IsOptional()
  @IsString()
  DATABASE_REPLICA_URLS?: string;

  @blankAsMissing
  @IsOptional()
  @IsUrl({ ...web, protocols: ['redis', 'rediss'] })
  REDIS_URL?: string;

  @blankAsMissing
  @IsOptional()
  @IsUrl({ ...web, protocols: ['smtp', 'smtps'] })
  SMTP_URL?: string;

  @blankAsMissing
  @IsOptional()
  @Matches(/@/)
  MAIL_FROM = 'Messages <hello@localhost>';

  @blankAsMissing
  @IsOptional()
  @IsUrl({ ...web, protocols: ['http', 'https'] })
  BASE_URL?: string;

  @blankAsMissing
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(65_535)
  PORT = 3000;

  @blankAsMissing
  @IsOptional()
  @IsString()
  HOST?: string;

  @blankAsMissing
  @IsOptional()
  @IsString()
  DATA_DIR = './var';

  @blankAsMissing
  @IsOptional()
  @MinLength(32)
  SECRET_KEY?: string;

  @blankAsMissing
  @IsOptional()
  @MinLength(32)
  SECRET_KEY_PREVIOUS?: string;

  @blankAsMissing
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'off' ? undefined : value))
  @ValidateBy({ name: 'networks', validator: { validate: areNetworks } })
  TRUST_PROXY?: string;

  @blankAsMissing
  @IsOptional()
  @IsIn(['debug', 'info', 'warn', 'error', 'silent'])
  LOG_LEVEL = 'info';

  @blankAsMissing
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(65_535)
  MAILBOX_PORT = 1080;

  /** `public` lets the demo log-ins in also where others can reach this server. */
  @blankAsMissing
  @IsOptional()
  @IsIn(['on', 'off', 'public'])
  DEMO?: 'on' | 'off' | 'public';

  @blankAsMissing
  @IsOptional()
  @IsUrl({ ...web, protocols: ['https', 'http'] })
  LEAVE_URL = 'https://www.bbc.co.uk/weather';

  @blankAsMissing
  @IsOptional()
  @IsIn(COUNTRY_CODES, { message: '$property must be a country of ISO 3166-1, as GB' })
  DEFAULT_COUNTRY = 'GB';

  @blankAsMissing
  @IsOptional()
  @IsInt()
  @Min(13)
  @Max(21)
  MINIMUM_AGE = 18;

  @blankAsMissing
  @IsOptional()
  @IsString()
  OPERATOR = 'the people who run this server';

  @blankAsMissing
  @IsOptional()
  @IsString()
  CONTACT = 'the people who run this server';

  /**
   * Screening of what is posted; switched off, reports and the queue go on and the queue says so.
   */
  @blankAsMissing
  @IsOptional()
  @IsIn(['on', 'off'])
  TRIAGE: 'on' | 'off' = 'on';

  /**
   * Wraps the keys of members' private notes and plans; made from SECRET_KEY where it is not set.
   */
  @blankAsMissing
  @IsOptional()
  @MinLength(32)
  PRIVATE_KEY?: string;

  @blankAsMissing
  @IsOptional()
  @MinLength(32)
  PRIVATE_KEY_PREVIOUS?: string;

  /** Alarms for whoever is on call go here too, signed; a count, never a word of a post. */
  @blankAsMissing
  @IsOptional()
  @IsUrl({ ...web, protocols: ['https', 'http'] })
  ALERT_WEBHOOK_URL?: string;

  @blankAsMissing
  @IsOptional()
  @MinLength(16)
  ALERT_WEBHOOK_SECRET?: string;

  @blankAsMissing
  @IsOptional()
  @IsString()
  DKIM_DOMAIN?: string;

  @blankAsMissing
  @IsOptional()
  @IsString()
  DKIM_SELECTOR = 'sameboat';

  @blankAsMissing
  @IsOptional()
  @IsString()
  DKIM_PRIVATE_KEY_FILE?: string;

  /** Proves that a bounce, complaint or reply comes from our own mail server. */
  @blankAsMissing
  @IsOptional()
  @MinLength(16)
  MAIL_INTAKE_SECRET?: string;

  /** Where bounces go, as bounce@example.org; each mail adds a mark of its own after a plus. */
  @blankAsMissing
  @IsOptional()
  @Matches(/^[^\s@+]+@[^\s@]+$/)
  MAIL_BOUNCE_ADDRESS?: string;

  /** Where a mail that asks to be let out may go, beside the link of the same purpose. */
  @blankAsMissing
  @IsOptional()
  @Matches(/^[^\s@+]+@[^\s@]+$/)
  MAIL_LEAVE_ADDRESS?: string;

  @blankAsMissing
  @IsOptional()
  @IsIn(['on', 'off'])
  REPLY_BY_MAIL: 'on' | 'off' = 'off';

  @blankAsMissing
  @IsOptional()
  @Matches(/^[^\s@+]+@[^\s@]+$/)
  MAIL_REPLY_ADDRESS?: string;

  /** Who may read /metrics; without it only this machine. */
  @blankAsMissing
  @IsOptional()
  @MinLength(16)
  METRICS_TOKEN?: string;

  /** Mails to one domain in a minute; 0 for no limit. */
  @blankAsMissing
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(100_000)
  MAIL_PER_DOMAIN = 0;

  get production(): boolean {
    return this.NODE_ENV === 'production';
  }

  get baseUrl(): string {
    return (this.BASE_URL ?? `http://localhost:${this.PORT}`).replace(/\/$/, '');
  }

  get secure(): boolean {
    return this.baseUrl.startsWith('https:');
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
    return (
      this.DEMO === 'public' ||
      (isLoopbackHost(this.host) && isLoopbackHost(new URL(this.baseUrl).hostname))
    );
  }

  get dataDir(): string {
    return resolve(ROOT, this.DATA_DIR);
  }

  get secret(): string {
    if (this.SECRET_KEY === undefined) throw new Error('SECRET_KEY is read before it is set');
    return this.SECRET_KEY;
  }
}

export class ConfigFault extends Error {}

/**
 * Reads and checks the settings.
 * @throws ConfigFault with one line that names every wrong setting
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const known = Object.keys(new Config()).concat(
    'DATABASE_URL',
    'DATABASE_REPLICA_URLS',
    'REDIS_URL',
    'SMTP_URL',
    'BASE_URL',
    'HOST',
    'SECRET_KEY',
    'SECRET_KEY_PREVIOUS',
    'TRUST_PROXY',
    'DEMO',
    'PRIVATE_KEY',
    'PRIVATE_KEY_PREVIOUS',
    'ALERT_WEBHOOK_URL',
    'ALERT_WEBHOOK_SECRET',
    'DKIM_DOMAIN',
    'DKIM_PRIVATE_KEY_FILE',
    'MAIL_INTAKE_SECRET',
    'MAIL_BOUNCE_ADDRESS',
    'MAIL_REPLY_ADDRESS',
    'MAIL_LEAVE_ADDRESS',
    'METRICS_TOKEN',
  );
  const given: Record<string, unknown> = {};
  for (const name of known) {
    const value = env[name];
    if (value === undefined || value === '') continue;
    given[name] = ['PORT', 'MAILBOX_PORT', 'MINIMUM_AGE', 'MAIL_PER_DOMAIN'].includes(name)
      ? Number(value)
      : value;
  }
  const config = plainToInstance(Config, given);
  const faults = validateSync(config, { whitelist: false }).map(
    (fault) => `${fault.property} ${wish(fault.property)}`,
  );
  if (config.production && config.SECRET_KEY === undefined)
    faults.push('SECRET_KEY must be set in production (32 characters or more)');
  if (config.production && config.BASE_URL === undefined)
    faults.push('BASE_URL must be set in production (the public address)');
  faults.push(...mailFaults(config));
  if (faults.length > 0) throw new ConfigFault(`Settings: ${faults.join('; ')}. See .env.example.`);
  if (config.SECRET_KEY === undefined) config.SECRET_KEY = keptSecret(config.dataDir);
  return config;
}

/** `.env` beside package.json, when there is one, and the environment over it. */
export function loadConfig(): Config {
  const file = join(ROOT, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  return readConfig(process.env);
}

function wish(property: string): string {
  const wishes: Record<string, string> = {
    DATABASE_URL: 'must be a postgres:// address',
    REDIS_URL: 'must be a redis:// or rediss:// address',
    SMTP_URL: 'must be an smtp:// or smtps:// address',
    BASE_URL: 'must be an http:// or https:// address',
    PORT: 'must be a port number',
    MAILBOX_PORT: 'must be a port number',
    SECRET_KEY: 'must have 32 characters or more',
    SECRET_KEY_PREVIOUS: 'must have 32 characters or more',
    PRIVATE_KEY: 'must have 32 characters or more',
    PRIVATE_KEY_PREVIOUS: 'must have 32 characters or more',
    TRIAGE: 'must be on or off',
    REPLY_BY_MAIL: 'must be on or off',
    ALERT_WEBHOOK_URL: 'must be an http:// or https:// address',
    ALERT_WEBHOOK_SECRET: 'must have 16 characters or more',
    METRICS_TOKEN: 'must have 16 characters or more',
    MAIL_INTAKE_SECRET: 'must have 16 characters or more',
    MAIL_BOUNCE_ADDRESS: 'must be an address without a plus, such as bounce@example.org',
    MAIL_REPLY_ADDRESS: 'must be an address without a plus, such as reply@example.org',
    MAIL_LEAVE_ADDRESS: 'must be an address without a plus, such as leave@example.org',
    TRUST_PROXY: 'must be off, or a list of addresses such as loopback, 10.0.0.0/8',
    DEMO: 'must be on, off or public',
    MAIL_PER_DOMAIN: 'must be a whole number',
    LOG_LEVEL: 'must be debug, info, warn, error or silent',
    NODE_ENV: 'must be development, production or test',
    MAIL_FROM: 'must be an address such as Name <name@example.org>',
  };
  return wishes[property] ?? 'has a value that cannot be used';
}

/** In development the key is made once and kept, so that sessions survive a restart. */
function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret-key');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  mkdirSync(dataDir, { recursive: true });
  const key = newToken(48);
  writeFileSync(file, `${key}\n`, { mode: 0o600 });
  return key;
}
