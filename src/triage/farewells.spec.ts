import { describe, expect, it } from '@jest/globals';
import { assessRisk } from './assess-risk.js';

describe('a note to those left behind, and a leave taken', () => {
  it.each([
    'I have written the note and said goodbye.',
    'The letters are written. I’ve said my goodbyes.',
    'I’ve said my goodbyes and written the letters.',
  ])('is named: %s', (text) => {
    expect(assessRisk(text)).toMatchObject({ tier: 'crisis', named: 'crisis' });
  });

  it.each([
    'I wrote the note for the milkman and said goodbye to mum at the station.',
    'Wrote my resignation letter and said goodbye to the team.',
    'I’ve written the letter to the bank. I said goodbye to our guests.',
    'Finished my thank you notes and said goodbye to the last of the guests.',
  ])('is not: %s', (text) => {
    expect(['none', 'watch']).toContain(assessRisk(text).tier);
    expect(assessRisk(text).named).toBe('none');
  });
});

describe('a goodbye from which nobody will hear again', () => {
  it('is named', () => {
    const { named } = assessRisk('goodbye everyone, you wont hear from me again');
    expect(['urgent', 'crisis']).toContain(named);
  });

  it('is not named until a day', () => {
    const { named } = assessRisk('Goodbye everyone, you won’t hear from me again until Monday.');
    expect(['none', 'watch']).toContain(named);
  });
});

describe('letters of thanks', () => {
  it('are no farewell', () => {
    const { signals, named } = assessRisk(
      'All the thank-you letters from the funeral are done. That was the last job on the list.',
      { title: 'Written to everyone' },
    );
    expect(named).toBe('none');
    expect(signals.filter(({ rule }) => rule.startsWith('farewell'))).toEqual([]);
  });
});
