import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import '../src/kernel/config.js';
import { settingNames } from '../src/kernel/settings.js';

const textOf = (name: string): string => readFileSync(join('deploy', name), 'utf8');
const units = readdirSync('deploy/systemd').map((name) => join('systemd', name));
const files = ['Containerfile', 'compose.yaml', 'nginx.conf', ...units];
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  scripts: Record<string, string>;
};

describe('the files for servers', () => {
  it('start only what is built', () => {
    const entries = files.flatMap((name) =>
      [...textOf(name).matchAll(/\bdist\/([\w/-]+)\.js/g)].map(
        ([, entry]) => `src/${entry ?? ''}.ts`,
      ),
    );
    expect(entries.length).toBeGreaterThan(6);
    expect(entries.filter((entry) => !existsSync(entry))).toEqual([]);
  });

  it('give Node the options that npm gives it', () => {
    const options = (text: string, entry: string): string[] => {
      const before = text.slice(0, text.indexOf(`dist/${entry}.js`));
      return (before.slice(before.lastIndexOf('node')).match(/--[a-z-]+(=\d+)?/g) ?? []).sort();
    };
    for (const part of ['web', 'worker']) {
      const npm = options(scripts[`start:${part}`] ?? '', `main-${part}`);
      expect(npm.length).toBeGreaterThan(2);
      expect(options(textOf(`systemd/sameboat-${part}.service`), `main-${part}`)).toEqual(npm);
      const container = part === 'web' ? 'Containerfile' : 'compose.yaml';
      expect(options(textOf(container), `main-${part}`)).toEqual(npm);
    }
  });

  it('wait for the database after a power cut before web and worker may start', () => {
    expect(textOf('systemd/sameboat-migrate.service')).toMatch(/^ExecStart=.* up --wait$/m);
    expect(readFileSync('src/cli/migrate.ts', 'utf8')).toContain("wait: { type: 'boolean' }");
  });

  it('set only what is a setting', () => {
    const known = [...settingNames(), 'POSTGRES_PASSWORD'];
    const named = [...textOf('compose.yaml').matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((name) => !known.includes(name ?? ''))).toEqual([]);
  });

  it('pass every setting on to the containers', () => {
    /** Fixed in every container, regardless of .env. */
    const fixed = ['NODE_ENV', 'DATABASE_URL', 'REDIS_URL', 'HOST', 'PORT', 'DATA_DIR'];
    const text = textOf('compose.yaml');
    const [, shared = ''] = /^x-sameboat: &sameboat\n((?: .*\n)+)/m.exec(text) ?? [];
    // Compose resolves the path from its own folder, and `environment` overrides it.
    const [, file = ''] = /^ {2}env_file: (.+)$/m.exec(shared) ?? [];
    expect(resolve('deploy', file)).toBe(resolve('.env'));
    const environment = [...shared.matchAll(/^ {4}([A-Z_]+): (.+)$/gm)];
    const changed = environment.filter(
      ([, name = '', value = '']) => !value.startsWith(`\${${name}:`),
    );
    expect(changed.map(([, name]) => name).sort()).toEqual([...fixed].sort());
    expect(fixed.filter((name) => !settingNames().includes(name))).toEqual([]);
    // Services must not define a list of their own, which would replace this one.
    const services = [...text.matchAll(/^ {2}[a-z]+:\n {4}<<: \*sameboat\n((?: {4}.*\n)+)/gm)];
    expect(services).toHaveLength(3);
    for (const [, own] of services) expect(own).not.toMatch(/^ {4}(env_file|environment):/m);
  });

  it('wait longer for a stop than Sameboat takes', () => {
    const timeout = /STOP_TIMEOUT = (\d+)_000/.exec(readFileSync('src/process.ts', 'utf8'))?.[1];
    const waits = [
      ...units.flatMap((name) => /TimeoutStopSec=(\d+)/.exec(textOf(name))?.[1] ?? []),
      /stop_grace_period: (\d+)s/.exec(textOf('compose.yaml'))?.[1],
    ];
    expect(waits.length).toBe(3);
    for (const wait of waits) expect(Number(wait)).toBeGreaterThan(Number(timeout));
  });

  it('speak today’s TLS, and redirect no program that sends in the clear', () => {
    const [plain = '', secure = ''] = textOf('nginx.conf')
      .split(/^server \{$/m)
      .slice(1);
    expect(/ssl_protocols ([^;]+);/.exec(secure)?.[1]).toBe('TLSv1.2 TLSv1.3');
    expect(plain).toMatch(/location \/webhooks\/ \{\s+return 403;/);
    expect(plain).toMatch(/location \/api\/v1\/ \{\s+return 403;/);
    expect(plain).toMatch(/location \/ \{\s+return 301 https:/);
  });

  it('let through what Sameboat takes', () => {
    const taken = readFileSync('src/http/body.middleware.ts', 'utf8');
    const limits = [...taken.matchAll(/path: '([^']+)', limit: '(\d+)mb'/g)];
    expect(limits.length).toBe(2);
    for (const [, path = '', limit = ''] of limits) {
      const location = new RegExp(`location (= )?${path} \\{[^}]+client_max_body_size ${limit}m;`);
      expect(textOf('nginx.conf')).toMatch(location);
    }
  });
});
