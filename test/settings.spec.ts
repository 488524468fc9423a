import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ConfigFault, readConfig } from '../src/kernel/config.js';
import { settingNames } from '../src/kernel/settings.js';
import { requireSharedServices } from '../src/embedded/demand.js';

const KEY = 'k'.repeat(32);
const folder = mkdtempSync(join(tmpdir(), 'sameboat-settings-'));
const production = {
  NODE_ENV: 'production',
  SECRET_KEY: KEY,
  BASE_URL: 'https://boat.example',
  DATA_DIR: folder,
} as const;

describe('the settings', () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('are each explained in .env.example, and nothing else is', () => {
    const known = settingNames();
    const lines = readFileSync('.env.example', 'utf8').split('\n');
    const explained = lines.flatMap((line) => /^([A-Z_]+)=/.exec(line)?.[1] ?? []);
    expect(known.length).toBeGreaterThan(30);
    expect(explained.sort()).toEqual(known.sort());
  });

  it('of .env.example are valid as they are', () => {
    const given = Object.fromEntries(
      readFileSync('.env.example', 'utf8')
        .split('\n')
        .flatMap((line) => {
          const [, name, value = ''] = /^([A-Z_]+)=(.*)$/.exec(line) ?? [];
          return name === undefined ? [] : [[name, value.replace(/^"(.*)"$/, '$1')]];
        }),
    );
    expect(readConfig({ ...given, SECRET_KEY: KEY }).baseUrl).toBe('http://localhost:3000');
  });

  it('have defaults that need nothing', () => {
    const config = readConfig({ DATA_DIR: folder });
    expect(config).toMatchObject({
      PORT: 3000,
      NODE_ENV: 'development',
      host: '127.0.0.1',
      secure: false,
    });
    expect(config.DATABASE_URL).toBeUndefined();
  });

  it('make a key once in development and keep it', () => {
    expect(readConfig({ DATA_DIR: folder }).secret).toBe(readConfig({ DATA_DIR: folder }).secret);
    expect(readConfig({ DATA_DIR: folder }).secret.length).toBeGreaterThan(32);
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['DATABASE_URL', 'mysql://x'],
    ['DATABASE_POOLING', 'statement'],
    ['DATABASE_DIRECT_URL', 'localhost'],
    ['DATABASE_REPLICA_URLS', 'garbage'],
    ['DATABASE_REPLICA_URLS', 'postgres://a:b@one/x,two'],
    ['DATABASE_REPLICA_URLS', 'postgres://a:b@one/x,'],
    ['REDIS_URL', 'localhost'],
    ['SMTP_URL', 'http://x'],
    ['BASE_URL', 'boat.example'],
    ['SECRET_KEY', 'short'],
    ['LOG_LEVEL', 'loud'],
    ['NODE_ENV', 'prod'],
    ['MAIL_FROM', 'nobody'],
    ['MINIMUM_AGE', '9'],
    ['DEFAULT_COUNTRY', 'uk'],
    ['DEFAULT_COUNTRY', 'UK'],
  ])('%s=%s is refused in one line that names it and not its value', (name, value) => {
    const attempt = (): unknown => readConfig({ SECRET_KEY: KEY, [name]: value });
    expect(attempt).toThrow(ConfigFault);
    expect(attempt).toThrow(new RegExp(`^Settings: ${name} [^\\n]+See .env.example.$`));
  });

  it('take several replicas, and an address for alarms with its secret alone', () => {
    const replicas = 'postgres://a:b@one:5432/x, postgresql://a:b@two/x';
    expect(readConfig({ SECRET_KEY: KEY, DATABASE_REPLICA_URLS: replicas })).toMatchObject({
      DATABASE_REPLICA_URLS: replicas,
    });
    const alarms = { SECRET_KEY: KEY, ALERT_WEBHOOK_URL: 'https://calls.example' };
    expect(() => readConfig(alarms)).toThrow(
      /^Settings: ALERT_WEBHOOK_SECRET must be set where ALERT_WEBHOOK_URL is. See .env.example.$/,
    );
    const secret = 's'.repeat(16);
    expect(readConfig({ ...alarms, ALERT_WEBHOOK_SECRET: secret }).ALERT_WEBHOOK_SECRET).toBe(
      secret,
    );
  });

  it('of a pooler that shares connections name the server itself', () => {
    const pooled = {
      SECRET_KEY: KEY,
      DATABASE_URL: 'postgres://a:b@pooler/x',
      DATABASE_POOLING: 'transaction',
    };
    expect(() => readConfig(pooled)).toThrow(
      /^Settings: DATABASE_DIRECT_URL must be set where DATABASE_POOLING is transaction\. /,
    );
    const DATABASE_DIRECT_URL = 'postgres://a:b@server/x';
    expect(readConfig({ ...pooled, DATABASE_DIRECT_URL }).directUrl).toBe(DATABASE_DIRECT_URL);
    expect(readConfig({ ...pooled, DATABASE_POOLING: '' }).directUrl).toBe(pooled.DATABASE_URL);
  });

  it('that are wrong are all named at once', () => {
    expect(() => readConfig({ PORT: 'x', REDIS_URL: 'x', SECRET_KEY: KEY })).toThrow(
      /REDIS_URL.*PORT|PORT.*REDIS_URL/,
    );
  });

  it('of a provider to log in by want each other, and https in production', () => {
    const OIDC_ISSUER = 'http://login.example.org';
    expect(() => readConfig({ SECRET_KEY: KEY, OIDC_ISSUER })).toThrow(
      'OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set where OIDC_ISSUER is',
    );
    const whole = { OIDC_ISSUER, OIDC_CLIENT_ID: 'boat', OIDC_CLIENT_SECRET: 'secret' };
    expect(readConfig({ SECRET_KEY: KEY, ...whole })).toMatchObject(whole);
    expect(() => readConfig({ ...production, ...whole })).toThrow('OIDC_ISSUER must begin');
  });

  it('in production want a key and an address, and listen to all', () => {
    expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(
      /SECRET_KEY must be set.*BASE_URL must be set/,
    );
    expect(readConfig(production)).toMatchObject({ host: '0.0.0.0', secure: true });
  });

  it('of a process that shares its services name them', () => {
    expect(() => requireSharedServices(readConfig(production))).toThrow(
      /DATABASE_URL and SMTP_URL must be set/,
    );
    const whole = readConfig({
      ...production,
      DATABASE_URL: 'postgres://a:b@db/x',
      SMTP_URL: 'smtp://mail',
    });
    expect(requireSharedServices(whole)).toBe(whole);
  });
});
