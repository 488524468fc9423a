import { describe, expect, it } from '@jest/globals';
import { MAX_TOGETHER } from './bulk.dto.js';
import { bulkAddress, bulkObstacle, readChosen, type ChosenState } from './chosen-cases.js';

const PLAIN: ChosenState = {
  kind: 'post',
  tier: 'watch',
  state: 'open',
  version: 3,
  danger: false,
  taken: false,
  proposed: false,
  held: false,
  deleted: false,
  read: false,
};

describe('a chosen case', () => {
  it('can be decided with others', () => {
    expect(bulkObstacle(PLAIN, null)).toBeNull();
    expect(bulkObstacle({ ...PLAIN, tier: 'none' }, 3)).toBeNull();
  });

  it.each([
    [{ state: 'closed', tier: 'crisis' }, 'closed'],
    [{ tier: 'crisis', taken: true, read: true }, 'danger'],
    [{ danger: true, read: true }, 'danger'],
    [{ taken: true }, 'taken'],
    [{ proposed: true }, 'proposed'],
    [{ kind: 'member' }, 'alone'],
    [{ kind: 'strategy' }, 'alone'],
    [{ kind: 'appeal' }, 'alone'],
    [{ deleted: true }, 'alone'],
    [{ version: 4 }, 'changed'],
    [{ held: true }, 'unread'],
    [{ tier: 'urgent' }, 'unread'],
    [{ tier: 'unknown' }, 'unread'],
  ] as const)('cannot with %p', (change, obstacle) => {
    expect(bulkObstacle({ ...PLAIN, ...change }, 3)).toBe(obstacle);
  });

  it.each([{ held: true }, { tier: 'urgent' }, { tier: 'unknown' }] as const)(
    'can once it was read with %p',
    (change) => {
      expect(bulkObstacle({ ...PLAIN, ...change, read: true }, 3)).toBeNull();
    },
  );
});

describe('the list of chosen cases', () => {
  it('is read with or without versions, each case once', () => {
    expect(readChosen(['12', '13.4', '12.9', 'x', '1.2.3', '0', '7.x', '-1'])).toEqual([
      { id: '12', version: null },
      { id: '13', version: 4 },
    ]);
  });

  it('has at most a page of the queue', () => {
    const many = Array.from({ length: MAX_TOGETHER + 5 }, (_, at) => String(at + 1));
    expect(readChosen(many)).toHaveLength(MAX_TOGETHER);
  });

  it('has an address', () => {
    expect(bulkAddress(['12.3', '13.1'])).toBe('/mod/bulk?case=12.3&case=13.1');
  });
});
