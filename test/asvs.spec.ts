import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

/** The requirements of levels 1 and 2 in ASVS 5.0.0, by section. */
const REQUIRED: Record<string, string> = {
  '1.1': '1-2',
  '1.2': '1-9',
  '1.3': '1-11',
  '1.4': '1-3',
  '1.5': '1-2',
  '2.1': '1-3',
  '2.2': '1-3',
  '2.3': '1-4',
  '2.4': '1',
  '3.2': '1-2',
  '3.3': '1-4',
  '3.4': '1-6',
  '3.5': '1-5',
  '3.7': '1-2',
  '4.1': '1-3',
  '4.2': '1',
  '4.3': '1-2',
  '4.4': '1-4',
  '5.1': '1',
  '5.2': '1-3',
  '5.3': '1-2',
  '5.4': '1-3',
  '6.1': '1-3',
  '6.2': '1-12',
  '6.3': '1-4',
  '6.4': '1-4',
  '6.5': '1-5',
  '6.6': '1-3',
  '6.8': '1-4',
  '7.1': '1-3',
  '7.2': '1-4',
  '7.3': '1-2',
  '7.4': '1-5',
  '7.5': '1-2',
  '7.6': '1-2',
  '8.1': '1-2',
  '8.2': '1-3',
  '8.3': '1',
  '8.4': '1',
  '9.1': '1-3',
  '9.2': '1-4',
  '10.1': '1-2',
  '10.2': '1-2',
  '10.3': '1-4',
  '10.4': '1-11',
  '10.5': '1-5',
  '10.6': '1-2',
  '10.7': '1-3',
  '11.1': '1-2',
  '11.2': '1-3',
  '11.3': '1-3',
  '11.4': '1-4',
  '11.5': '1',
  '11.6': '1',
  '12.1': '1-3',
  '12.2': '1-2',
  '12.3': '1-4',
  '13.1': '1',
  '13.2': '1-5',
  '13.3': '1-2',
  '13.4': '1-5',
  '14.1': '1-2',
  '14.2': '1-4',
  '14.3': '1-3',
  '15.1': '1-3',
  '15.2': '1-3',
  '15.3': '1-7',
  '16.1': '1',
  '16.2': '1-5',
  '16.3': '1-4',
  '16.4': '1-3',
  '16.5': '1-3',
  '17.1': '1',
  '17.2': '1-4',
  '17.3': '1-2',
};

function numbers(list: string): number[] {
  return list.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
}

const text = readFileSync('docs/asvs.md', 'utf8');
const rows = [...text.matchAll(/^\| ([\d., -]+?) +\| (.+?) +\| (.+?) +\|$/gm)].map(
  ([, ids = '', , held = '']) => ({ ids: ids.split(', '), held }),
);
/** A row refers to one requirement, a range within a section, or a whole section. */
const named = new Set(
  rows.flatMap(({ ids }) =>
    ids.flatMap((id) => {
      const [from = '', to] = id.split('-');
      const [chapter = '', section = '', first] = from.split('.');
      const name = `${chapter}.${section}`;
      const list = first === undefined ? REQUIRED[name] : `${first}-${to?.split('.')[2] ?? first}`;
      return numbers(list ?? '').map((number) => `${name}.${number}`);
    }),
  ),
);

describe('the list of ASVS requirements', () => {
  it('has each of levels 1 and 2', () => {
    const required = Object.entries(REQUIRED).flatMap(([section, list]) =>
      numbers(list).map((number) => `${section}.${number}`),
    );
    expect(required).toHaveLength(253);
    expect(required.filter((id) => !named.has(id))).toEqual([]);
  });

  it('says how each is met', () => {
    expect(rows.length).toBeGreaterThan(150);
    expect(rows.filter(({ held }) => held.length < 4)).toEqual([]);
  });

  it('refers only to tests that exist', () => {
    const short = [...text.matchAll(/_([a-z-]{5,})_/g)].map(([, name = '']) => name);
    expect(short.length).toBeGreaterThan(50);
    const missing = short.filter(
      (name) =>
        !existsSync(`test/journeys/${name}.e2e-spec.ts`) &&
        !existsSync(`test/browser/${name}.browser-spec.ts`) &&
        !existsSync(`test/${name}.e2e-spec.ts`),
    );
    expect([...new Set(missing)]).toEqual([]);
  });
});
