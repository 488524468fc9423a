import { describe, expect, it } from '@jest/globals';
import { dateTimeFormat, displayNames, listFormat, numberFormat } from './intl.js';

describe('formatters', () => {
  it('are created once per language and options', () => {
    expect(displayNames('en', 'region')).toBe(displayNames('en', 'region'));
    expect(displayNames('en', 'region')).not.toBe(displayNames('es', 'region'));
    expect(displayNames('en', 'region')).not.toBe(displayNames('en', 'language'));
    expect(numberFormat('en')).toBe(numberFormat('en'));
    expect(dateTimeFormat('en', { month: 'long' })).not.toBe(
      dateTimeFormat('en', { month: 'short' }),
    );
  });

  it('format as Intl does', () => {
    expect(displayNames('es', 'region').of('DE')).toBe('Alemania');
    expect(displayNames('en', 'language', 'none').of('qq')).toBeUndefined();
    expect(numberFormat('en').format(12_345)).toBe('12,345');
    expect(listFormat('es').format(['a', 'b'])).toBe('a y b');
    const options = { month: 'long', timeZone: 'UTC' } as const;
    expect(dateTimeFormat('en', options).format(0)).toBe('January');
  });

  it('are cached up to a limit', () => {
    const first = numberFormat('en');
    for (let n = 0; n < 1_000; n += 1) numberFormat(`en-x-a${n}`);
    expect(numberFormat('en')).not.toBe(first);
  });
});
