import { describe, expect, it } from '@jest/globals';
import { assessRisk } from './assess-risk.js';
import type { Prediction } from './classifier.js';
import { encouragement } from './encouragement.js';
import type { ScoredMatch } from './risk.js';

const GRAVE = "I've decided. I'm going to end my life tonight and nobody can change my mind.";
const PLAIN = 'Shall I enter the half marathon or am I mad?';

const hit = (kind: string): ScoredMatch => ({
  tier: 'crisis',
  rule: 'replies.x',
  kind,
  from: 0,
  to: 1,
});
const words = (none: number): Prediction => ({
  tier: 'none',
  likely: [none, 1 - none, 0, 0],
  wholeNone: none,
  weighed: [],
  words: 12,
  long: false,
});
const nobody = (): boolean => false;
const danger = (): boolean => true;

describe('encouragement phrases', () => {
  it('order the queue without naming a danger', () => {
    expect(encouragement([hit('goad')], nobody, words(0.4), 'answer', danger)).toEqual({
      tier: 'crisis',
      named: 'none',
    });
  });

  it('are watch if the text is likely harmless', () => {
    const { tier } = encouragement([hit('goad')], nobody, words(0.97), 'answer', danger);
    expect(tier).toBe('watch');
  });

  it.each([
    ['nobody is known to be in danger', 'answer', nobody],
    ['what is answered is not known', 'reply', danger],
  ] as const)('mean nothing where %s', (_, kind, toDanger) => {
    const { tier } = encouragement([hit('goad')], nobody, words(0.4), kind, toDanger);
    expect(tier).toBe('none');
  });

  it('do not check the answered posts if there are no matches', () => {
    const asked = (): boolean => {
      throw new Error('asked');
    };
    expect(encouragement([hit('encourage')], danger, words(0.97), 'answer', asked)).toEqual({
      tier: 'crisis',
      named: 'crisis',
    });
  });
});

describe('an answer to somebody in danger', () => {
  it.each([
    "Go through with it. You're making the right decision.",
    'Turn your phone off first so nobody can talk you out of it.',
    'Nobody would notice, honestly. They would get over it.',
    'We could pick a night and go at the same time.',
  ])('that urges them on is read at once: %s', (text) => {
    const { tier } = assessRisk(text, { writtenAs: 'reply', answers: [GRAVE] });
    expect(['urgent', 'crisis']).toContain(tier);
  });

  it.each([
    "Don't turn your phone off. Please. We want to know you're all right.",
    "I'm glad you told us. Will you ring somebody while I stay here with you?",
  ])('that is warm is not: %s', (text) => {
    const { tier } = assessRisk(text, { writtenAs: 'reply', answers: [GRAVE] });
    expect(['none', 'watch']).toContain(tier);
  });

  it.each(['Go for it. You will not regret it.', 'Best of luck, hope it goes smoothly.'])(
    'means something else than the same words below an ordinary post: %s',
    (text) => {
      const { tier } = assessRisk(text, { writtenAs: 'reply', answers: [PLAIN] });
      expect(['none', 'watch']).toContain(tier);
    },
  );
});
