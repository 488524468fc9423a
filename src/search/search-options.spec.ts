import { describe, expect, it } from '@jest/globals';
import {
  searchPath,
  fieldsOf,
  isLastPage,
  labelsOf,
  readSearchOptions,
  sinceDate,
} from './search-options.js';

describe('the URL of a search', () => {
  it('is parsed, ignoring unknown values', () => {
    expect(
      readSearchOptions({
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
      readSearchOptions({
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

  it('is truncated, cleaned of invalid characters, and bounded', () => {
    const options = readSearchOptions({ q: `a\u0000b${'x'.repeat(10_000)}`, page: '99' });
    expect([
      options.q.length,
      options.q.startsWith('ab'),
      options.cut,
      isLastPage(options.page),
    ]).toEqual([200, true, true, true]);
    expect(readSearchOptions({ q: `${'x'.repeat(199)}😀` }).q.isWellFormed()).toBe(true);
  });

  it('is written as it was parsed, without defaults', () => {
    const fields = { q: 'a & b', community: 'sleep', since: 'week' };
    expect(fieldsOf(readSearchOptions(fields))).toEqual(fields);
    expect(searchPath(fields)).toBe('/search?q=a+%26+b&community=sleep&since=week');
    expect(searchPath({})).toBe('/search');
  });

  it("selects labels, whatever a topic's name is, and a time", () => {
    expect(labelsOf(readSearchOptions({ tag: `it's \\ so`, kind: 'win' }))).toBe(
      `'#tit''s \\\\ so' & '#kwin'`,
    );
    expect(labelsOf(readSearchOptions({}))).toBe('');
    expect(
      sinceDate(readSearchOptions({ since: 'week' }), new Date('2026-01-08T00:00:00Z')),
    ).toEqual(new Date('2026-01-01T00:00:00Z'));
    expect(sinceDate(readSearchOptions({}), new Date(0))).toBeNull();
  });
});
