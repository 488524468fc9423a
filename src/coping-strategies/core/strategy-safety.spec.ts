import { describe, expect, it } from '@jest/globals';
import { Messages } from '../../i18n/messages.js';
import { SAFETY_RULES, findUnsafeText } from './strategy-safety.js';

const rule = (text: string): string | null =>
  findUnsafeText([{ field: 'steps', text }])?.rule ?? null;

// Harmless stand-ins that only have the shape of unsafe content, never a real instruction.
describe('strategy safety rules', () => {
  it.each([
    ['Take 10 mg of it before bed.', 'dose'],
    ['Have two tablets with water.', 'dose'],
    ['Stop taking your medication for a while.', 'medicine'],
    ['Skip breakfast and go for a walk.', 'restriction'],
    ['Count the calories.', 'restriction'],
    ['Pinch your skin.', 'substitute'],
    ['Pour a glass of wine.', 'substance'],
    ['Hold your breath as long as you can.', 'breath'],
    ['Write to me at name@example.org.', 'contact'],
    ['Call 020 7946 0000.', 'contact'],
    ['See https://example.org for more.', 'contact'],
  ])('“%s” is stopped by the rule on %s', (text, key) => {
    expect(rule(text)).toBe(key);
  });

  it.each([
    'Put a stone in your pocket.',
    'Count to ten, then breathe out.',
    'Plan 15 minutes for it.',
    'Drink a glass of water.',
    'Stop and take one breath.',
    'If it hurts, leave it.',
    'Ask a pharmacist before you try.',
    'Hold a warm cup.',
    'Start with two minutes.',
  ])('“%s” passes', (text) => {
    expect(rule(text)).toBeNull();
  });

  it('see through look-alike letters and invisible characters', () => {
    expect(rule('Take １０ ｍｇ.')).toBe('dose');
    expect(rule('cal\u200bories')).toBe('restriction');
  });

  it('have an explanation for each rule', () => {
    const messages = new Messages();
    expect(SAFETY_RULES.length).toBeGreaterThanOrEqual(7);
    for (const key of SAFETY_RULES)
      expect(messages.text('en', `strategies.safety.${key}`)).toMatch(/\.$/);
  });

  it('report the field', () => {
    expect(
      findUnsafeText([
        { field: 'name', text: 'Quiet' },
        { field: 'fits', text: 'With 5 mg.' },
      ]),
    ).toEqual({ field: 'fits', rule: 'dose' });
  });
});
