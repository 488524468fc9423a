import { describe, expect, it } from '@jest/globals';
import { Messages } from '../../i18n/messages.js';
import { starterPack } from '../../seed/starter.js';
import { readPack } from './pack-format.js';

interface Loose {
  [name: string]: unknown;
  pack: Record<string, unknown>;
  strategies: Record<string, unknown>[];
}

/** The starter pack reduced to two strategies, then modified by the spec. */
function changed(change: (pack: Loose, first: Record<string, unknown>) => void): string {
  const pack = JSON.parse(starterPack()) as Loose;
  pack.strategies = pack.strategies.slice(0, 2);
  change(pack, pack.strategies[0] ?? {});
  return JSON.stringify(pack);
}

const faultsOf = (text: string): string[] =>
  (readPack(text).faults ?? []).map(({ at, key }) => `${at} ${key.split('.').slice(1).join('.')}`);

describe('a strategy pack', () => {
  it('is parsed if it is valid', () => {
    expect(readPack(changed(() => undefined)).pack?.strategies.length).toBe(2);
    expect(readPack(`\ufeff${starterPack()}`).faults).toBeUndefined();
  });

  const cases: [string, (pack: Loose, first: Record<string, unknown>) => void, string[]][] = [
    [
      'another format',
      (pack) => {
        pack.format = 'recipes';
      },
      ['format fault.format'],
    ],
    [
      'a newer format',
      (pack) => {
        pack.formatVersion = 2;
      },
      ['formatVersion fault.format-version'],
    ],
    [
      'no strategies',
      (pack) => {
        pack.strategies = [];
      },
      ['strategies fault.empty'],
    ],
    [
      'a missing field',
      (_, first) => {
        delete first.summary;
      },
      ['strategies[0].summary fault.missing'],
    ],
    [
      'a field that there is not',
      (_, first) => {
        first.stars = 5;
      },
      ['strategies[0].stars fault.unknown'],
    ],
    [
      'a field at the top that there is not',
      (pack) => {
        pack.script = 'x';
      },
      ['script fault.unknown'],
    ],
    [
      'minutes as text',
      (_, first) => {
        first.minutes = '5';
      },
      ['strategies[0].minutes fault.value'],
    ],
    [
      'steps as text',
      (_, first) => {
        first.steps = 'one\ntwo';
      },
      ['strategies[0].steps fault.value'],
    ],
    [
      'an unknown need',
      (_, first) => {
        first.needs = ['fame'];
      },
      ['strategies[0].needs error.needs'],
    ],
    [
      'an id of our own',
      (_, first) => {
        first.id = 'local:x';
      },
      ['strategies[0].id fault.id'],
    ],
    [
      'a link that is none',
      (_, first) => {
        first.source = { name: 'A', url: 'javascript:alert(1)' };
      },
      ['strategies[0].source.url fault.source'],
    ],
    [
      'something beside the source',
      (_, first) => {
        first.source = { name: 'A', url: '', extra: 1 };
      },
      ['strategies[0].source.extra fault.unknown'],
    ],
    [
      'a date that is none',
      (_, first) => {
        first.reviewedOn = '2026-02-31';
      },
      ['strategies[0].reviewedOn fault.date'],
    ],
    [
      'a strategy that is no object',
      (pack) => {
        pack.strategies[1] = 'x' as never;
      },
      ['strategies[1] fault.record'],
    ],
    [
      'the same twice',
      (pack, first) => {
        pack.strategies[1] = { ...first };
      },
      ['strategies[1].id fault.twice', 'strategies[1].slug fault.twice'],
    ],
    [
      'the address of a page',
      (_, first) => {
        first.slug = 'new';
      },
      ['strategies[0].slug fault.reserved'],
    ],
    [
      'a dose',
      (_, first) => {
        first.summary = 'Take 10 mg of it.';
      },
      ['strategies[0].summary safety.dose'],
    ],
    [
      'a head without a licence',
      (pack) => {
        pack.pack.licence = '';
      },
      ['pack.licence fault.text'],
    ],
  ];

  it.each(cases)('reports: %s', (_what, change, expected) => {
    expect(faultsOf(changed(change))).toEqual(expected);
  });

  it('reports all faults at once', () => {
    expect(
      faultsOf(
        changed((pack, first) => {
          first.minutes = 0;
          first.energy = 'huge';
          (pack.strategies[1] ?? {}).name = '';
        }),
      ),
    ).toEqual([
      'strategies[0].minutes error.minutes',
      'strategies[0].energy error.energy',
      'strategies[1].name error.name',
    ]);
  });

  it.each(['', '[]', 'null', '{"format":', '"sameboat-strategy-pack"'])('rejects %s', (text) => {
    expect(readPack(text).pack).toBeUndefined();
  });

  it('has a message for every fault', () => {
    const messages = new Messages();
    for (const [, change] of cases)
      for (const { key, params } of readPack(changed(change)).faults ?? [])
        expect(messages.text('en', key, params)).toMatch(/\.$/);
  });
});
