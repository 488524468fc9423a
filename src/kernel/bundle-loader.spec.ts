import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cachedDataVersionTag } from 'node:v8';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BundleLoader } from './bundle-loader.js';

let folder: string;
const bundled = (code: string): string =>
  `(function(exports,require,module,__filename,__dirname){${code}})`;
const write = (name: string, code: string): void =>
  writeFileSync(join(folder, name), bundled(code));
const loader = (): BundleLoader => new BundleLoader(folder, join(folder, 'compiled'));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  write('main.js', "exports.sum=require('./part.js').two+require('node:path').sep.length");
  write('part.js', 'exports.two=2');
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the loader of the bundle', () => {
  it('loads a file with what it requires, once', () => {
    const one = loader();
    const exports = one.load('main.js');
    expect(exports).toEqual({ sum: 3 });
    expect(one.load('main.js')).toBe(exports);
  });

  it('keeps compiled code for the next start', () => {
    const first = loader();
    first.load('main.js');
    first.keep();
    const second = loader();
    expect(second.load('main.js')).toEqual({ sum: 3 });
    expect([first.anew, second.anew]).toEqual([0, 0]);
  });

  it('compiles a changed file of the same length anew', () => {
    const first = loader();
    first.load('part.js');
    first.keep();
    write('part.js', 'exports.two=5');
    const second = loader();
    expect(second.load('main.js')).toEqual({ sum: 6 });
    write('part.js', 'exports.two=2');
  });

  it('compiles anew where the kept code is damaged, and repairs it', () => {
    const code = 'exports.seven=7';
    write('seven.js', code);
    const tag = join(folder, 'compiled', String(cachedDataVersionTag()));
    mkdirSync(tag, { recursive: true });
    const kept = join(tag, `seven.js-${crc32(bundled(code)).toString(16)}`);
    writeFileSync(kept, 'damaged');
    const one = loader();
    expect(one.load('seven.js')).toEqual({ seven: 7 });
    expect(one.anew).toBe(1);
    one.keep();
    expect(readFileSync(kept).length).toBeGreaterThan('damaged'.length);
  });

  it('names the file and the place of an error', () => {
    write('fails.js', "exports.fail=()=>{throw new Error('no')}");
    const { fail } = loader().load('fails.js') as { fail: () => void };
    const stack = (): string => {
      try {
        fail();
      } catch (error) {
        return String((error as Error).stack);
      }
      return '';
    };
    expect(stack()).toMatch(/file:\/\/\/\S+\/fails\.js:1:\d+/);
  });
});
