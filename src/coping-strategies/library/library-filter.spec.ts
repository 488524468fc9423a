import { describe, expect, it } from '@jest/globals';
import { libraryPath, filterParams, isEmpty, readCursor, readFilter } from './library-filter.js';

describe('a filter of the library', () => {
  it('ignores unknown values', () => {
    const filter = readFilter({
      q: '  warm ',
      need: 'panic',
      kind: 'nonsense',
      place: ['in-bed'],
      minutes: '5',
      energy: 'some',
      challenge: 'ocd',
    });
    expect(filter).toEqual({
      q: 'warm',
      tags: { needs: 'panic', challenges: 'ocd' },
      minutes: 5,
      energy: 'some',
    });
  });

  it('accepts the former name of a kind', () => {
    expect(readFilter({ category: 'grounding' }).tags).toEqual({ kinds: 'grounding' });
  });

  it.each([
    {},
    { need: 'x' },
    { minutes: '0' },
    { minutes: '-3' },
    { minutes: '1e9' },
    { energy: 'none' },
    { q: '  ' },
  ])('%j asks for nothing', (query) => {
    expect(isEmpty(readFilter(query))).toBe(true);
  });

  it('round-trips through its URL', () => {
    const filter = readFilter({
      q: 'a & b',
      need: 'panic',
      time: 'at-night',
      minutes: '10',
      energy: 'low',
    });
    const address = new URL(libraryPath('/strategies', filter, { after: '5-9' }), 'http://x');
    expect(readFilter(Object.fromEntries(address.searchParams))).toEqual(filter);
    expect(address.searchParams.get('after')).toBe('5-9');
    expect(libraryPath('/strategies', readFilter({}))).toBe('/strategies');
  });

  it('includes strategies that take less energy', () => {
    expect(filterParams(readFilter({ energy: 'some' })).energies).toEqual(['low', 'some']);
    expect(filterParams(readFilter({})).energies).toEqual(['low', 'some', 'more']);
  });

  it.each([[undefined], ['x'], ['1-'], ['-1'], ['9999-1'], ['5-0']])(
    '%s is the first page',
    (text) => {
      expect(readCursor(text)).toEqual({ minutes: 0, id: '0' });
    },
  );

  it('continues from a cursor', () => {
    expect(readCursor('15-42')).toEqual({ minutes: 15, id: '42' });
  });
});
