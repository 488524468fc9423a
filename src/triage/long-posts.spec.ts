import { describe, expect, it } from '@jest/globals';
import { assessRisk } from './assess-risk.js';

const DAY =
  'I started at the bakery again on Monday. Up at four, which nobody should be. ' +
  'We did two hundred rolls and a tray of buns that came out the shape of hats. ' +
  'My boss says I have the hands for it and none of the sense. ' +
  'The van would not start so I walked home by the park and saw a heron. ' +
  'Tea was beans on toast and I was glad of it. ' +
  'My sister rang about the christening and we could not agree about the cake. ';
const EVENING =
  'Then I watched the quiz with the cat. Tomorrow is my day off and I mean to wash the curtains.';

describe('one sentence in a long post of an ordinary day', () => {
  it.each([
    'I have been thinking about not being alive any more, most evenings, and I have not told anybody.',
    'My partner put his hands on me again last night and I am scared to be in the house with him.',
  ])('is found if it is a danger: %s', (said) => {
    expect(['urgent', 'crisis']).toContain(assessRisk(`${DAY}${said} ${EVENING}`).tier);
  });

  it.each(['', 'I felt a bit flat after that.', 'It will be two years since Nan died, on Sunday.'])(
    'is left alone otherwise: %s',
    (said) => {
      expect(['none', 'watch']).toContain(assessRisk(`${DAY}${said} ${EVENING}`).tier);
    },
  );
});
