import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Patterns } from './pattern-data.js';

describe('patterns as data', () => {
  const patterns = new Patterns(
    {
      parts: { place: { pattern: { any: ['park', ['bus ', { any: ['stop', 'shelter'] }]] } } },
      patterns: {
        near: { flags: 'g', pattern: ['\\bnear the ', { part: 'place' }, 's?\\b'] },
        whole: { pattern: { either: ['^a', 'b$'] } },
        foreign: { pattern: ['<', { part: 'given' }, '>'] },
      },
      words: { few: { words: ['one two', 'three'] } },
    },
    { given: 'x|y' },
  );

  it('are put together as they are written', () => {
    expect(patterns.regExp('near')).toEqual(/\bnear the (?:park|bus (?:stop|shelter))s?\b/g);
    expect(patterns.regExp('whole')).toEqual(/^a|b$/);
    expect(patterns.regExp('foreign')).toEqual(/<x|y>/);
    expect(patterns.source('place')).toBe('(?:park|bus (?:stop|shelter))');
    expect(patterns.words('few')).toEqual(new Set(['one', 'two', 'three']));
  });

  it('take parts that the code makes', () => {
    expect(patterns.with({ place: 'pub' }).regExp('near')).toEqual(/\bnear the pubs?\b/g);
  });

  it('fail where a name is wrong, as the detector is loaded', () => {
    expect(() => patterns.regExp('far')).toThrow('far');
    expect(() => patterns.words('near')).toThrow('near');
    expect(() =>
      new Patterns({ patterns: { a: { pattern: { part: 'b' } } } }, {}).regExp('a'),
    ).toThrow('b');
  });
});

describe('the data of the detectors', () => {
  const folder = 'src/disclosure/detectors';
  const detectors = readdirSync(folder).filter(
    (name) => name.endsWith('.json') && name !== 'famous-names.json',
  );

  it('is used by the detector beside it, every entry', () => {
    expect(detectors.length).toBeGreaterThan(15);
    for (const name of detectors) {
      const file = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Record<string, object>;
      const code = readFileSync(`${folder}/${name.replace(/json$/, 'ts')}`, 'utf8');
      const parts = JSON.stringify(file);
      for (const [kind, entries] of Object.entries(file)) {
        for (const entry of Object.keys(entries)) {
          const used =
            code.includes(`'${entry}'`) ||
            (kind === 'parts' && parts.includes(`{"part":"${entry}"}`)) ||
            (kind === 'words' && /^\d$/.test(entry) && code.includes('0123456789'));
          expect([name, entry, used]).toEqual([name, entry, true]);
        }
      }
    }
  });
});
