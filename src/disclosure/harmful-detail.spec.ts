import { describe, expect, it } from '@jest/globals';
import { findHarmfulDetail } from './harmful-detail.js';

// Shapes only: a number, a unit, and words of taking or of the body around it.
describe('harmful details', () => {
  it.each([
    ['I was put on 50 mg in spring', 'dose', '50 mg'],
    ['I took 12 tablets last night', 'dose', '12 tablets'],
    ['they gave me 5ml of the medicine', 'dose', '5ml'],
    ['she swallowed a whole packet of her pills', 'dose', 'a whole packet'],
    ['I weigh 48 kg now', 'body-number', '48 kg'],
    ['I lost two and then 14 lbs on it', 'body-number', '14 lbs'],
    ['only 600 kcal a day', 'body-number', '600 kcal'],
    ['my BMI is 17.2', 'body-number', 'bmi is 17.2'],
    ['what is the quickest way to die', 'method', 'quickest way to die'],
    ['how many do I need to take to overdose', 'method', 'how many'],
  ])('are found by their shape: %s', (text, kind, words) => {
    const [first] = findHarmfulDetail(text);
    expect(first?.kind).toBe(kind);
    expect(text.slice(...(first?.span ?? [0, 0])).toLowerCase()).toContain(words);
  });

  it.each([
    'I take my tablets at night',
    'I have two kids and three cats',
    'It took 20 minutes',
    'The suitcase was 23 kg',
    '2 boxes of books',
    '200 ml of milk in the recipe',
    'It cost 15 pounds',
    'It is the best way to do it slowly',
    'I scored 18 on the form',
    '3 units of the course are left',
  ])('do not include text that only contains a number: %s', (text) => {
    expect(findHarmfulDetail(text)).toEqual([]);
  });

  it.each(['1 ', 'took 1 mg ', 'how many ', 'bmi ', 'best way ', '9,999'])(
    'are searched in bounded time in a hundred thousand characters of %s',
    (piece) => {
      expect(
        Array.isArray(findHarmfulDetail(piece.repeat(Math.ceil(100_000 / piece.length)))),
      ).toBe(true);
    },
    60_000,
  );
});
