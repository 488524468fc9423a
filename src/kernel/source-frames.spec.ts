import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ROOT } from './paths.js';
import { sourceFrames } from './source-frames.js';

const folder = mkdtempSync(join(tmpdir(), 'sameboat-frames-'));
const built = join(folder, 'built.js');
const url = pathToFileURL(built).href;

// The source map maps the second line of the file to line 5 of its source, from column 3 on.
writeFileSync(
  `${built}.map`,
  JSON.stringify({
    version: 3,
    sources: [join(ROOT, 'src/threads/thread.service.ts')],
    names: [],
    mappings: ';AAIE',
  }),
);
afterAll(() => rmSync(folder, { recursive: true }));

describe('sourceFrames', () => {
  it('maps frames to the sources', () => {
    expect(sourceFrames(`at open (${url}:2:1) | at async ${url}:2:4`)).toBe(
      'at open (src/threads/thread.service.ts:5:3) | at async src/threads/thread.service.ts:5:3',
    );
  });

  it('leaves frames unchanged if the map has no entry', () => {
    const stack = 'at x (file:///nowhere/y.js:1:2)\n at z (node:internal/z:3:4)';
    expect(sourceFrames(stack)).toBe(stack);
    expect(sourceFrames(`at w (${url}:1:1)`)).toBe(`at w (${url}:1:1)`);
  });

  it('leaves frames unchanged if the map cannot be read', () => {
    writeFileSync(`${built}.other.js.map`, 'no map');
    const frame = `at v (${pathToFileURL(`${built}.other.js`).href}:1:1)`;
    expect(sourceFrames(frame)).toBe(frame);
  });
});
