import { expect, it } from '@jest/globals';
import pg from 'pg';
import { TEXT_ARRAY, textArrayOf } from './text-array.js';

it.each([
  '{}',
  '{one}',
  '{one,two,three}',
  '{NULL}',
  '{one,NULL,two}',
  '{"NULL","null",NULLS}',
  '{"",x}',
  '{""}',
  '{"a,b",c}',
  '{"a \\"quoted\\" \\\\ word","two words"}',
  '{ñandú,日本,🌊}',
  '{{a,b},{c,d}}',
  '{"{","}"}',
  '[2:3]={a,b}',
])('reads %s as the driver does', (text) => {
  const parserOf = pg.types.getTypeParser as (oid: number) => (text: string) => unknown;
  expect(textArrayOf(text)).toEqual(parserOf(TEXT_ARRAY)(text));
});
