import { describe, expect, it } from '@jest/globals';
import { sentenceCase } from './sentence-case.js';

describe('sentence case', () => {
  it('capitalises the first letter alone, by the rules of the language', () => {
    expect(sentenceCase('no action', 'en')).toBe('No action');
    expect(sentenceCase('última lunes', 'es')).toBe('Última lunes');
    expect(sentenceCase('istek', 'tr')).toBe('İstek');
    expect(sentenceCase('', 'en')).toBe('');
  });
});
