import { describe, expect, it } from '@jest/globals';
import { addressOf, fieldsOf, isLastPage, labelsOf, readWishes, sinceOf } from './search-wishes.js';

describe('the address of a search', () => {
  it('is read, and what it does not know counts as not asked', () => {
    expect(
      readWishes({
        q: '  a  b ',
        in: 'strategies',
        community: 'sleep',
        tag: 'Work',
        kind: 'win',
        need: 'listen',
        since: 'week',
        page: '3',
      }),
    ).toEqual({
      q: 'a b',
      cut: false,
      place: 'strategies',
      community: 'sleep',
      topic: 'Work',
      kind: 'win',
      need: 'listen',
      since: 'week',
      page: 3,
      loose: false,
    });
    expect(
      readWishes({
        q: ['a'],
        in: 'x',
        community: '../x',
        kind: 'x',
        need: '',
        since: 'day',
        page: '-1',
      }),
    ).toEqual({
      q: '',
      cut: false,
      place: 'threads',
      community: '',
      topic: '',
      kind: '',
      need: '',
      since: '',
      page: 1,
      loose: false,
    });
  });

  it('is cut, cleaned of what no text may hold, and bounded', () => {
    const wishes = readWishes({ q: `a\u0000b${'x'.repeat(10_000)}`, page: '99' });
    expect([
      wishes.q.length,
      wishes.q.startsWith('ab'),
      wishes.cut,
      isLastPage(wishes.page),
    ]).toEqual([200, true, true, true]);
    expect(readWishes({ q: `${'x'.repeat(199)}😀` }).q.isWellFormed()).toBe(true);
  });

  it('comes back as it was, without what says nothing', () => {
    const fields = { q: 'a & b', community: 'sleep', since: 'week' };
    expect(fieldsOf(readWishes(fields))).toEqual(fields);
    expect(addressOf(fields)).toBe('/search?q=a+%26+b&community=sleep&since=week');
    expect(addressOf({})).toBe('/search');
  });

  it('asks for labels, whatever a topic is called, and for a time', () => {
    expect(labelsOf(readWishes({ tag: `it's \\ so`, kind: 'win' }))).toBe(
      `'#tit''s \\\\ so' & '#kwin'`,
    );
    expect(labelsOf(readWishes({}))).toBe('');
    expect(sinceOf(readWishes({ since: 'week' }), new Date('2026-01-08T00:00:00Z'))).toEqual(
      new Date('2026-01-01T00:00:00Z'),
    );
    expect(sinceOf(readWishes({}), new Date(0))).toBeNull();
  });
});
