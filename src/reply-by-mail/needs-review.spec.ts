import { describe, expect, it } from '@jest/globals';
import { needsReview } from './needs-review.js';

describe('words that came by mail', () => {
  it.each([
    'thanks, ann',
    'It is me, Ann.',
    'ANN',
    'Ann’s own words',
    'Best, Baker',
    'I agree.\n\nann',
  ])('wait for a person where the name of the mail stands in them: %s', (words) => {
    expect(needsReview(words, 'Baker, Ann')).toBe(true);
  });

  it.each(['I will plan it anew.', 'Bakery bread is good.', 'I met another Annabel.', 'Al'])(
    'do not where it only looks alike: %s',
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
  ])('wait where a line may be another’s, in whatever language: %s', (words) => {
    expect(needsReview(words, '')).toBe(true);
  });
});
