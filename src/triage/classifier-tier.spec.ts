import { describe, expect, it } from '@jest/globals';
import { gravityOf, tierOf, type Size } from './classifier-tier.js';

const SHORT: Size = { sentences: 2, words: 15, kind: 'opening' };

describe('the tier of a window', () => {
  it('weighs danger by its probability and its odds against ordinary', () => {
    expect(gravityOf(0.5, 0.25)).toBeCloseTo(1);
    expect(gravityOf(0.3, 0.1)).toBeGreaterThan(gravityOf(0.3, 0.5));
    expect(gravityOf(1, 0)).toBeCloseTo(10);
  });

  it('is watch if danger is possible, and urgent or crisis if it is likely', () => {
    expect(tierOf([0.92, 0.05, 0.02, 0.01], false, SHORT)).toBe('none');
    expect(tierOf([0.85, 0.03, 0.09, 0.03], false, SHORT)).toBe('watch');
    expect(tierOf([0.4, 0.3, 0.2, 0.1], false, SHORT)).toBe('watch');
    expect(tierOf([0.3, 0.2, 0.3, 0.2], false, SHORT)).toBe('urgent');
    expect(tierOf([0.1, 0.1, 0.2, 0.6], false, SHORT)).toBe('crisis');
  });

  it('is a crisis only if that is likely enough against ordinary, too', () => {
    expect(tierOf([0.1, 0.4, 0.1, 0.4], false, SHORT)).toBe('urgent');
    expect(tierOf([0.43, 0.03, 0.08, 0.46], false, SHORT)).toBe('urgent');
    expect(tierOf([0.2, 0.24, 0.1, 0.46], false, SHORT)).toBe('crisis');
    expect(tierOf([0.3, 0.14, 0.1, 0.46], false, SHORT)).toBe('crisis');
  });

  it('asks for more in an answer, after a suppressed match and in a long text', () => {
    const likely = [0.34, 0.2, 0.26, 0.2] as const;
    expect(tierOf(likely, false, SHORT)).toBe('urgent');
    expect(tierOf(likely, false, { ...SHORT, kind: 'reply' })).toBe('urgent');
    expect(tierOf(likely, false, { ...SHORT, kind: 'answer' })).toBe('watch');
    expect(tierOf(likely, true, SHORT)).toBe('none');
    expect(tierOf(likely, false, { ...SHORT, sentences: 8 })).toBe('watch');
    expect(tierOf([0.02, 0.03, 0.4, 0.55], false, { ...SHORT, sentences: 8 })).toBe('urgent');
  });

  it('asks for more before it calls a few words watch', () => {
    const likely = [0.85, 0.03, 0.09, 0.03] as const;
    expect(tierOf(likely, false, { ...SHORT, words: 5 })).toBe('none');
  });
});
