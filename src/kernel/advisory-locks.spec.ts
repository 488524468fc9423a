import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ADVISORY_LOCKS } from './advisory-locks.js';

describe('advisory lock keys', () => {
  it('are unique', () => {
    const keys = Object.values(ADVISORY_LOCKS);
    expect(keys.length).toBeGreaterThan(6);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are declared only here', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const elsewhere = sources.filter(
      (name) =>
        !name.startsWith(join('kernel', 'advisory-locks')) &&
        /advisory\w*\(\s*(\d|hashtext\w*\(\s*'[^']*'\s*[,)])|\b7_?262_?6\d\d\b/.test(
          readFileSync(join('src', name), 'utf8'),
        ),
    );
    expect(sources.length).toBeGreaterThan(500);
    expect(elsewhere).toEqual([]);
  });
});
