import { describe, expect, it } from '@jest/globals';
import { needsReview } from './needs-review.js';

describe('needsReview', () => {
  it.each([
    'thanks, ann',
    'It is me, Ann.',
    'ANN',
    'Ann’s own words',
    'Best, Baker',
    'I agree.\n\nann',
  ])('is true if the text contains the sender’s name: %s', (words) => {
    expect(needsReview(words, 'Baker, Ann')).toBe(true);
  });

  it.each(['I will plan it anew.', 'Bakery bread is good.', 'I met another Annabel.', 'Al'])(
    'is false if it only looks similar: %s',
    (words) => {
      expect(needsReview(words, 'Al Baker Ann')).toBe(false);
    },
  );

  it.each([
    'Yes.\n\nMit freundlichen Grüßen\nEin Name',
    'Yes.\n\nSaludos\nUn nombre',
    'Gesendet von meinem Gerät im Garten',
    'Enviado desde la estación',
    '___\nsomething below',
    'Thanks,\nLamp',
    'ср, 1 июня 2026, кто-то написал:\nслова',
  ])('is true if a line may be somebody else’s, in any language: %s', (words) => {
    expect(needsReview(words, '')).toBe(true);
  });
});
