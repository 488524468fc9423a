import { describe, expect, it } from '@jest/globals';
import { IntlMessageFormat } from 'intl-messageformat';
import { compileMessage, type CompiledMessage } from './compiled-message.js';

function compiled(text: string, language = 'en'): CompiledMessage | null {
  const interpreter = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
  return compileMessage(interpreter, language);
}

describe('a compiled message', () => {
  it('takes an exact count before a plural form, and counts from an offset', () => {
    const text = compiled(
      '{count, plural, offset:1 =0 {nobody} =1 {{name}} one {{name} and one} other {{name} and #}}',
    );
    const of = (count: number): string | null | undefined => text?.({ count, name: 'Ana' });
    expect([0, 1, 2, 3, 1_501].map(of)).toEqual([
      'nobody',
      'Ana',
      'Ana and one',
      'Ana and 2',
      'Ana and 1,500',
    ]);
  });

  it('has the plural forms and digits of its language', () => {
    const polish = compiled('{n, plural, one {# plik} few {# pliki} other {# plików}}', 'pl');
    expect([1, 3, 5].map((n) => polish?.({ n }))).toEqual(['1 plik', '3 pliki', '5 plików']);
    const ordinal = compiled('{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}');
    expect([1, 2, 3, 4].map((n) => ordinal?.({ n }))).toEqual(['1st', '2nd', '3rd', '4th']);
    expect(compiled('{n, plural, other {#}}', 'de')?.({ n: 1_234_567 })).toBe('1.234.567');
  });

  it('chooses by texts, numbers and booleans, and otherwise the last', () => {
    const text = compiled('{mine, select, true {yours} 2 {two} other {theirs}}');
    expect([true, 'true', 2, false, 'constructor'].map((mine) => text?.({ mine }))).toEqual([
      'yours',
      'yours',
      'two',
      'theirs',
      'theirs',
    ]);
  });

  it('leaves missing and other values to the interpreter', () => {
    expect(compiled('{name}')?.({})).toBeNull();
    expect(compiled('a {name}')?.({ name: new Date(0) })).toBeNull();
    expect(compiled('{n, plural, other {#}}')?.({ n: '3' })).toBeNull();
    expect(compiled('{s, select, other {x}}')?.({ s: null })).toBeNull();
    expect(compiled('{n, plural, one {one} other {{name}}}')?.({ n: 2 })).toBeNull();
    expect(compiled('{n, plural, one {one} other {{name}}}')?.({ n: 1 })).toBe('one');
  });

  it('does not compile dates and formatted numbers', () => {
    expect(compiled('{when, date, short}')).toBeNull();
    expect(compiled('{mine, select, true {{n, number}} other {x}}')).toBeNull();
  });
});
