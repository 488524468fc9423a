import { describe, expect, it } from '@jest/globals';
import { assessRisk } from './assess-risk.js';
import type { CaseTier, RiskContext } from './risk.js';

const tier = (text: string, context?: RiskContext): CaseTier => assessRisk(text, context).tier;

describe('assessment by author', () => {
  it('lets staff talk about risk, but still flags staff in danger', () => {
    expect(
      tier('She told us she wants to die, so we called the team', { writtenAs: 'staff' }),
    ).toBe('none');
    expect(tier('I am going to kill myself tonight', { writtenAs: 'staff' })).toBe('crisis');
  });

  it('does not mistake similar phrases for encouragement', () => {
    const kind =
      'Together, on the sofa, on a Saturday morning, with no blame and with pancakes. ' +
      'And then again about fifty more times, because they ask at bedtime for months. ' +
      'Ours wanted to know who would feed the hamster.';
    expect(['none', 'watch']).toContain(tier(kind, { writtenAs: 'reply' }));
  });

  it('detects a stated decision in an answer, however calm its surroundings', () => {
    for (const text of [
      'Thank you all for everything. I have decided to end my life tonight.',
      'Thank you for the tip about the book.\n\nCheers\n\nPS: I have decided to end my life tonight.',
      'The soup was lovely, and so were you. The dog sends her love. I am going to kill myself today.',
    ])
      expect(tier(text, { writtenAs: 'reply', answers: ['How are you all today?'] })).toBe(
        'crisis',
      );
  });

  it('lets helpers name the danger that they ask about', () => {
    for (const text of [
      'You don’t have to want to live tonight. You only have to not do it tonight. Ring them, love.',
      'Are you suicidal this minute, or is it further off? If it’s this minute go to A&E.',
      'Did you lie because you’re not safe now, or because it was easier? Ring 999 if you aren’t.',
    ])
      expect(['none', 'watch']).toContain(
        tier(text, { writtenAs: 'reply', answers: ['I want to die'] }),
      );
  });

  it('detects encouragement', () => {
    for (const text of [
      'kys',
      'just do it already, nobody would miss you',
      'i dare you',
      'let’s do it together',
      'next time make sure',
      'so disappear, no one wants you here',
      'you would be doing your family a kindness',
      'prove it then',
    ])
      expect(tier(text, { writtenAs: 'reply' })).toBe('crisis');
  });
});

describe('words of the answered posts', () => {
  const quoted = 'I want to die. I cannot keep myself safe tonight and nobody here knows about it.';
  it.each([
    `> ${quoted}\n\nThank you for telling us. I am glad you wrote.`,
    'You wrote "I want to die". Thank you for telling us.',
    `${quoted} Thank you for writing this, I read it twice.`,
  ])('are not the writer’s own: %s', (text) => {
    expect(['none', 'watch']).toContain(tier(text, { writtenAs: 'reply', answers: [quoted] }));
    expect(['urgent', 'crisis']).toContain(tier(text, { writtenAs: 'reply' }));
  });

  it.each(['I want to die too.', '> I want to die.\n\njust do it already, nobody would miss you'])(
    'leave what the writer adds: %s',
    (text) => {
      expect(['urgent', 'crisis']).toContain(tier(text, { writtenAs: 'reply', answers: [quoted] }));
    },
  );
});
