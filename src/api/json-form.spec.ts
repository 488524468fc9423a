import { describe, expect, it } from '@jest/globals';
import { IsArray, IsBoolean, IsInt, IsString, Length } from 'class-validator';
import { Checkbox, WholeNumber } from '../http/fields.js';
import { AppError, FieldError } from '../kernel/errors.js';
import { Flag, Text, Texts, Integer } from './documented.js';
import { readChanges, readJson, readQuery } from './json-form.js';

class Documented {
  @Text('Words.')
  body!: string;

  @Integer('A number.')
  version!: number;

  @Flag('Yes or no.', { optional: true })
  aside?: boolean;

  @Texts('Many.', { optional: true })
  notes?: string[];

  @Text('Nothing or something.', { optional: true, nullable: true })
  replyTo?: string | null;
}

class Form {
  static readonly repeated = ['notes'];

  @Length(2, 10, { message: 'form.body' })
  body = '';

  @WholeNumber()
  @IsInt()
  version = 0;

  @Checkbox()
  @IsBoolean()
  aside = false;

  @IsArray()
  notes: string[] = [];

  @IsString()
  replyTo = '';

  @IsString()
  key = '';
}

class Query {
  @Text('Words.', { optional: true })
  @Length(0, 3)
  q = '';
}

const faultsOf = (work: () => unknown): (readonly [string, string])[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof FieldError) return error.faults.map(({ field, key }) => [field, key]);
    throw error;
  }
  return [];
};

describe('JSON', () => {
  const read = (body: unknown): Form => readJson(Documented, Form, body, { key: 'k' });

  it('is converted to the form that the page would send', () => {
    expect(
      read({ body: ' words ', version: 3, aside: true, notes: ['a', 'b'], replyTo: null }),
    ).toEqual({ body: 'words', version: 3, aside: true, notes: ['a', 'b'], replyTo: '', key: 'k' });
    expect(read({ body: 'words', version: 3, aside: false }).aside).toBe(false);
  });

  it.each([
    ['an unknown field', { body: 'words', version: 1, key: 'mine' }, ['key']],
    [
      'the wrong type',
      { body: 1, version: '1', aside: 'on', notes: 'a' },
      ['body', 'version', 'aside', 'notes'],
    ],
    ['a list of something else', { body: 'words', version: 1, notes: ['a', 1] }, ['notes']],
    ['null where it means nothing', { body: null, version: 1 }, ['body']],
    ['no field that is needed', {}, ['body', 'version']],
    ['what the form refuses', { body: 'x', version: 1 }, ['body']],
  ])('is refused with %s', (_, body, fields) => {
    expect(faultsOf(() => read(body)).map(([field]) => field)).toEqual(fields);
  });

  it.each([null, 'text', 1, [], undefined])('must be an object, not %j', (body) => {
    expect(() => read(body)).toThrow(AppError);
  });
});

describe('partial updates in JSON', () => {
  const read = (body: unknown): Partial<Form> => readChanges(Documented, Form, body);

  it('contain only the fields that were sent, without defaults', () => {
    expect(read({ body: ' words ', version: 3 })).toEqual({ body: 'words', version: 3 });
    expect(read({ body: 'words', version: 3, notes: [], aside: false, replyTo: null })).toEqual({
      body: 'words',
      version: 3,
      notes: [],
      aside: false,
      replyTo: '',
    });
  });

  it('are validated by the rules of the form', () => {
    expect(faultsOf(() => read({ body: 'x', version: 1 }))).toEqual([['body', 'form.body']]);
    expect(() => read(null)).toThrow(AppError);
  });
});

describe('query parameters', () => {
  it('are accepted if documented, each once', () => {
    expect(readQuery(Query, { q: 'tea' })).toEqual({ q: 'tea' });
    expect(readQuery(Query, {})).toEqual({ q: '' });
    for (const query of [{ page: '1' }, { q: ['a', 'b'] }, { q: 'long' }])
      expect(faultsOf(() => readQuery(Query, query))).toHaveLength(1);
  });
});
