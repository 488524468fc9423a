import { describe, expect, it } from '@jest/globals';
import { compileNamedParameters, valuesFor } from './named-parameters.js';

describe('named parameters', () => {
  it('become positional, in the order of their first use', () => {
    const query = compileNamedParameters(
      'select * from posts where thread_id = :threadId and id > :after',
    );
    expect(query.text).toBe('select * from posts where thread_id = $1 and id > $2');
    expect(query.names).toEqual(['threadId', 'after']);
  });

  it('are sent once, however often they occur', () => {
    const query = compileNamedParameters(':now > a or :member = b and c < :now');
    expect(query.text).toBe('$1 > a or $2 = b and c < $1');
    expect(query.names).toEqual(['now', 'member']);
  });

  it.each([
    ['a cast', `select '1'::int`],
    ['a cast of a cast', 'select a::text::int'],
    ['a string', `select ':name', 'it''s :name'`],
    ['a quoted identifier', 'select a as "it:self"'],
    ['a line comment', 'select 1 -- at :time\n'],
    ['a block comment', 'select 1 /* :name */'],
    ['a dollar-quoted body', 'do $body$ begin raise :name; end $body$'],
    ['a JSON key', `select jsonb_build_object('a:b', 1)`],
  ])('ignore %s', (_what, text) => {
    expect(compileNamedParameters(text)).toEqual({ text, names: [] });
  });

  it('can be followed by a cast', () => {
    expect(compileNamedParameters('select :ids::bigint[]').text).toBe('select $1::bigint[]');
  });

  it('are bound by name, whatever the property order', () => {
    const query = compileNamedParameters('select :b, :a');
    expect(valuesFor(query, { a: 1, b: null })).toEqual([null, 1]);
  });

  it('reject a missing value', () => {
    expect(() => valuesFor(compileNamedParameters('select :a'), {})).toThrow('no value for :a');
  });
});
