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

  it.each([
    'Nobody deserves to carry thoughts of suicide alone. I am listening.',
    'No one should have to face suicidal thoughts on their own.',
    'Nobody should have to face wanting to die by themselves. I am here.',
    'You should not have to sit with the urge to hurt yourself alone.',
    'They told me everyone would be better off without me, and it was not true.',
    'My head told me they would be better off without me and it was wrong.',
    'Depression told me everyone would be better off without me. It lied.',
    'It says you would be better off dead. That is the illness talking.',
    'Your brain tells you the world is better off without you. It is not true.',
    'That thought that they would be better off without you is not true.',
    'I used to think my family would be better off without me, and I was wrong.',
    'People told me I would be better off dead, and they were wrong.',
    'Nobody has to carry the wish to die by themselves.',
    'Nobody should be alone with thoughts like that, of not wanting to live.',
    'No one should ever feel that dying is the only way out.',
    'The illness tells you that you are a burden. You are not.',
    'My mind kept telling me that my kids would be better off without me. They would not.',
    'I was sure my family would be better off without me. I was wrong.',
    'I was told the world would be better without me and that was a lie.',
    'My brain lied to me. It said my children would be better off without me.',
    'The lie depression tells is that they would be better off without you.',
    'Depression is a liar. It tells you they would be better off without you.',
    'Everyone would be better off without me, my brain said. My brain was wrong.',
    'My ex told me to kill myself. It was never true.',
    'They told me to die, and they were wrong.',
  ])(
    'does not name what a helper contradicts, nor that nobody should bear it alone: %s',
    (text) => {
      for (const context of [
        { writtenAs: 'reply', answers: ['I want to die. They would be better off without me.'] },
        { writtenAs: 'reply' },
        {},
      ] as const)
        expect(['none', 'watch']).toContain(assessRisk(text, context).named);
    },
  );

  it.each([
    'My head tells me they would be better off without me.',
    'My head told me they would be better off without me and it was not wrong.',
    'They told me everyone would be better off without me. It was true.',
    'I think everyone would be better off without me. They say it is not true.',
    'They told me I would stop wanting to die. They lied.',
    'Nobody should have to deal with my suicidal thoughts when I am gone.',
    'He told me I am a burden. I am. I want to die.',
    'My ex told me to kill myself.',
    'My ex told me to kill myself. He was right.',
    'He told me to kill myself. It was not true. I want to die tonight.',
    'Everyone lied to me. My head says they would be better off without me.',
    'It is no lie that they would be better off without me.',
    'I was sure they would be better off without me, and I still am.',
    'No one deserves to live like this. I want to die.',
    'He told me I should die. It was not true that he loved me. I want to die tonight.',
  ])('names what is believed, or said as well: %s', (text) => {
    expect(['urgent', 'crisis']).toContain(assessRisk(text).named);
  });

  it.each([
    'I was suicidal after my divorce and I could not imagine it getting better.',
    'Wanting to die and wanting it to stop felt like one thing to me for ages.',
    'I always wanted to die more on an empty stomach.',
    'It got better slowly after I tried to die.',
  ])('does not name what helpers tell of their own past: %s', (text) => {
    const context = { writtenAs: 'reply', answers: ['I want to die.'] } as const;
    expect(['none', 'watch']).toContain(assessRisk(text, context).named);
  });

  it.each([
    'I was all right until today, I want to die.',
    'Same. I wanted to die yesterday and I want to die now.',
  ])('names what helpers want today: %s', (text) => {
    const context = { writtenAs: 'reply', answers: ['I want to die.'] } as const;
    expect(['urgent', 'crisis']).toContain(assessRisk(text, context).named);
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
    '"I want to die". Thank you for telling us.',
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
