import { describe, expect, it } from '@jest/globals';
import { ArrayUnique, IsIn, Length, MaxLength } from 'class-validator';
import { FieldError, Forbidden, throwIfInvalid } from '../kernel/errors.js';
import { fieldsOf } from './body.middleware.js';
import { readForm, catchFieldError, submittedValues } from './form.js';

class Note {
  static readonly repeated = ['tags'];

  @Length(1, 20, { message: 'note.error.words' })
  words = '';

  @IsIn(['a', 'b'], { each: true, message: 'note.error.tags' })
  @ArrayUnique()
  tags: string[] = [];
}

describe('readForm', () => {
  it('returns a valid form as an instance of its class, trimmed', () => {
    const form = readForm(Note, { words: '  hello  ', tags: ['a', 'b'] });
    expect(form).toMatchObject({ valid: true, value: { words: 'hello', tags: ['a', 'b'] } });
    expect(form.valid && form.value).toBeInstanceOf(Note);
  });

  it('reports one error per invalid field and keeps everything typed', () => {
    const form = readForm(Note, { words: '   ', tags: 'c', extra: 'kept too' });
    expect(form).toEqual({
      valid: false,
      faults: [
        { field: 'words', key: 'note.error.words' },
        { field: 'tags', key: 'note.error.tags' },
      ],
      values: { words: '   ', tags: 'c', extra: 'kept too' },
    });
  });

  it('sorts errors as the fields stand on the page, unticked boxes after the field before', () => {
    class Base {
      @Length(3, 9)
      name = '';

      @Length(3, 9)
      summary = '';

      @IsIn(['a'])
      kind = '';
    }
    class WithAddress extends Base {
      @Length(3, 9)
      address = '';
    }
    class WithConsent extends Base {
      @IsIn(['on'])
      consent = '';
    }
    const order = (type: typeof Base, sent: Record<string, string>): string[] => {
      const form = readForm(type, sent);
      return form.valid ? [] : form.faults.map(({ field }) => field);
    };
    expect(order(WithAddress, { name: '', address: '', summary: '' })).toEqual([
      'name',
      'address',
      'summary',
      'kind',
    ]);
    expect(order(WithConsent, { name: '', summary: '' })).toEqual([
      'name',
      'summary',
      'kind',
      'consent',
    ]);
    expect(order(WithConsent, {})).toEqual(['name', 'summary', 'kind', 'consent']);
    class Choice {
      @IsIn(['a'])
      choice!: string;

      @Length(3, 9)
      name = '';
    }
    expect(order(Choice as never, { name: '' })).toEqual(['choice', 'name']);
  });

  it.each(['\u200b', '\u200d\ufeff\u2060', '\u202e\u202c', '\u3164', '\u2800 \ufe0f', '\u0301'])(
    'treats invisible text as empty: %j',
    (words) => {
      expect(readForm(Note, { words })).toMatchObject({
        valid: false,
        faults: [{ field: 'words', key: 'note.error.words' }],
        values: { words },
      });
    },
  );

  it.each(['👩‍👧', '❤️', 'שלום', 'e\u0301', '漢', '.', '\u202eabc\u202c'])(
    'leaves %j unchanged',
    (words) => {
      expect(readForm(Note, { words })).toMatchObject({ valid: true, value: { words } });
    },
  );

  it('reports errors between fields beside errors of single fields', () => {
    class Meeting {
      @MaxLength(3, { message: 'forms.error.title' })
      title = '';

      @MaxLength(9)
      from = '';

      @MaxLength(9)
      to = '';

      static check({ title, from, to }: Meeting): { field: string; key: string }[] {
        return [
          ...(from > to ? [{ field: 'to', key: 'forms.error.order' }] : []),
          ...(title === from ? [{ field: 'title', key: 'forms.error.same' }] : []),
        ];
      }
    }
    expect(readForm(Meeting, { title: 'long', from: '9', to: '8' })).toMatchObject({
      faults: [
        { field: 'title', key: 'forms.error.title' },
        { field: 'to', key: 'forms.error.order' },
      ],
    });
    // One error per field: its own rule takes precedence.
    expect(readForm(Meeting, { title: 'long', from: 'long', to: 'x' })).toMatchObject({
      faults: [{ field: 'title', key: 'forms.error.title' }],
    });
    expect(readForm(Meeting, { title: 'one', from: 'one', to: 'x' })).toMatchObject({
      faults: [{ field: 'title', key: 'forms.error.same' }],
    });
  });

  it('keeps all errors when a rule throws', async () => {
    const both = [
      { field: 'a', key: 'forms.error.a' },
      { field: 'b', key: 'forms.error.b', params: { count: 2 } },
    ];
    const work = (): Promise<never> => {
      throwIfInvalid(both);
      throw new Error('went on');
    };
    expect(await catchFieldError(work, { a: 'typed' })).toEqual({
      form: {
        faults: [{ field: 'a', key: 'forms.error.a', params: {} }, both[1]],
        values: { a: 'typed' },
      },
    });
    expect(() => throwIfInvalid([])).not.toThrow();
  });

  it('reports in plain words what a rule says only in code', () => {
    const form = readForm(Note, { words: 'x', tags: ['a', 'a'] });
    expect(form.valid ? [] : form.faults).toEqual([{ field: 'tags', key: 'forms.error.invalid' }]);
  });

  it('takes the first value of a repeated field, and wraps a single value of a list', () => {
    expect(readForm(Note, { words: ['one', 'two'], tags: 'a' })).toMatchObject({
      valid: true,
      value: { words: 'one', tags: ['a'] },
    });
    expect(readForm(Note, { words: 'x', tags: '' })).toMatchObject({
      valid: true,
      value: { tags: [] },
    });
  });

  it.each([undefined, null, 'text', 7])(
    'reports all fields as missing if the body is %p',
    (body) => {
      expect(readForm(Note, body).valid).toBe(false);
    },
  );

  it('removes NUL and lone surrogates, and nothing else', () => {
    expect(
      submittedValues({ a: 'x\u0000y', b: 'half \ud800.', c: 'line\r\nline', d: '😀' }),
    ).toEqual({
      a: 'xy',
      b: 'half \ufffd.',
      c: 'line\nline',
      d: '😀',
    });
  });

  it('cannot reach what every object has', () => {
    const values = fieldsOf('__proto__=x&constructor=y&toString=z&words=hello');
    expect(Object.getPrototypeOf(values)).toBeNull();
    expect(readForm(Note, values)).toMatchObject({ valid: true, value: { words: 'hello' } });
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('rejects a form of many thousand fields', () => {
    expect(() => fieldsOf(Array.from({ length: 500 }, (_, n) => `f${n}=1`).join('&'))).toThrow(
      'refused',
    );
  });
});

describe('an error thrown by a rule', () => {
  it('is shown beside its field, with everything typed', async () => {
    const refused = await catchFieldError(
      () => Promise.reject(new FieldError('words', 'note.error.taken')),
      { words: 'x' },
    );
    expect(refused).toEqual({
      form: {
        faults: [{ field: 'words', key: 'note.error.taken', params: {} }],
        values: { words: 'x' },
      },
    });
  });

  it('is rethrown if it belongs to no field', async () => {
    await expect(catchFieldError(() => Promise.reject(new Forbidden('x.y')), {})).rejects.toThrow(
      Forbidden,
    );
    expect(await catchFieldError(() => Promise.resolve(5), {})).toEqual({ done: 5 });
  });
});
