import { describe, expect, it } from '@jest/globals';
import {
  cursorOf,
  isFiltered,
  queueAddress,
  readCursor,
  type QueueFilter,
} from './queue-address.js';

const NOW = 1_790_000_000_000;
const ALL: QueueFilter = {
  tier: null,
  reason: null,
  community: null,
  state: 'open',
  mine: false,
  due: false,
};

describe('the address of the queue', () => {
  it('is bare without a filter', () => {
    expect(queueAddress(ALL, '')).toBe('/mod');
    expect(isFiltered(ALL)).toBe(false);
  });

  it('contains each filter that is set', () => {
    const filter: QueueFilter = {
      tier: 'urgent',
      reason: 'held',
      community: 'low-mood',
      state: 'closed',
      mine: true,
      due: true,
    };
    expect(queueAddress(filter, '')).toBe(
      '/mod?tier=urgent&reason=held&community=low-mood&state=closed&mine=on&due=on',
    );
    expect(isFiltered(filter)).toBe(true);
  });

  it('keeps the filter with a cursor', () => {
    expect(queueAddress({ ...ALL, tier: 'crisis' }, '5.0.1.2')).toBe(
      '/mod?tier=crisis&after=5.0.1.2',
    );
  });

  it('parses its own cursor', () => {
    const row = { band: 2, rank: '-42', id: '7' };
    expect(readCursor(cursorOf(row, NOW), 'open', NOW)).toEqual({ asOf: NOW, ...row });
  });

  it.each([undefined, '', 'nonsense', '1.2.3', '1.22.3.4', '-1.2.3.4', '1.2.3.4; drop'])(
    'starts at the first page for %p',
    (text) => {
      expect(readCursor(text, 'open', NOW)).toMatchObject({ asOf: NOW, band: -1, id: '0' });
      expect(readCursor(text, 'closed', NOW)).toMatchObject({ asOf: NOW, band: 0 });
    },
  );

  it('rejects a snapshot time in the future', () => {
    expect(readCursor(`${NOW + 1}.0.1.1`, 'open', NOW).asOf).toBe(NOW);
  });
});
