import { describe, expect, it } from '@jest/globals';
import { assessRisk, matchingSteps } from './assess-risk.js';
import type { CaseTier, RiskContext } from './risk.js';

const tier = (text: string, context?: RiskContext): CaseTier => assessRisk(text, context).tier;

/** Declares a spec for each text with the tier it must get. */
function says(expected: CaseTier, texts: string[], context?: RiskContext): void {
  it.each(texts)(`${expected}: %s`, (text) => {
    expect(tier(text, context)).toBe(expected);
  });
}

describe('plain statements', () => {
  says('crisis', [
    'I am going to kill myself tonight',
    'I can’t keep myself safe.',
    'I have taken all my tablets and I’m scared',
  ]);
  says('urgent', [
    'I think about suicide most days',
    'I cut myself last night',
    'I don’t want to be here any more',
  ]);
  says('watch', [
    'Everything feels pointless',
    'The urge to hurt myself came back but I rang a friend instead',
  ]);
  says('none', ['Made soup, walked the dog, slept well.', '']);
});

describe('look-alike words', () => {
  says('none', [
    'This cake is to die for',
    'The suspense is killing me',
    'I nearly died laughing',
    'My phone died on the bus',
    'I could murder a curry',
    'My legs are killing me after that run',
  ]);
});

describe('negation', () => {
  says('none', [
    'I’m not suicidal, just fed up with the bus',
    'I have never wanted to hurt myself',
  ]);
  says('urgent', [
    'It’s not that I don’t want to die, I just can’t do it to mum',
    'I can’t say I haven’t thought about ending things',
  ]);
});

describe('time of the event', () => {
  says('none', [
    'Ten years ago I tried to kill myself',
    'I used to want to die every day and now I teach',
  ]);
  says('crisis', ['I tried to kill myself this morning']);
});

describe('person concerned', () => {
  says('none', ['In the novel the main character kills herself']);
  says('urgent', [
    'My sister says she wants to die',
    'My friend told me he has been cutting himself',
  ]);
  says('crisis', ['My friend sent me a goodbye text and now her phone is off']);
});

describe('disguised words', () => {
  says('urgent', [
    'i want to k!ll mys3lf',
    'i feel s u i c i d a l',
    'thinking about su*cide again',
    'I want to dіе',
    'i wanna d i e',
  ]);
});

describe('combined hints', () => {
  says('crisis', [
    'I want to die. I have what I need.',
    'Rehomed the cat and put my papers in order. I feel so calm.',
    'I’m sorry. Take care of each other.',
  ]);
});

describe('a long post', () => {
  const cheerful =
    'We had a lovely walk and the cake was brilliant. The garden is full of tomatoes. ';
  it('is as serious as its most serious sentence', () => {
    const dark = 'I am going to end my life tonight. ';
    expect(tier(cheerful.repeat(30))).toBe('none');
    expect(tier(cheerful.repeat(30) + dark + cheerful.repeat(30))).toBe('crisis');
  });

  it('is not diluted by cheerful sentences around it', () => {
    const dark = 'I am going to end my life tonight. ';
    expect(tier(cheerful.repeat(2) + dark + cheerful.repeat(2))).toBe('crisis');
  });

  const shift =
    'I am a paramedic and I have just come off a week of nights. My feet hurt and the kettle is on. ' +
    'On Monday we went to a lad who told us he wanted to die. ' +
    'We sat with him and his mum made us all a tea. He is home now and he is doing well. ' +
    'My wife has made a pie. I am off until Friday and I mean to dig the garden. ';
  const past =
    'It is three years since my brother died and I planted a tree for him today. ' +
    'The first winter I wanted to die and I told nobody. My sister came round with soup each night. ' +
    'They asked me whether I had any thoughts of suicide and I said no, not any more. ' +
    'I am back at work. The dog needs a walk. We had fish for tea and it was lovely. ';

  it.each([shift, past])('does not name reported, past or denied danger: %s', (text) => {
    expect(['none', 'watch']).toContain(assessRisk(text).named);
  });

  it.each([shift, past])('still names what its author says about tonight: %s', (text) => {
    expect(assessRisk(`${text}I am going to end my life tonight.`).named).toBe('crisis');
  });

  it('scores its title like a sentence', () => {
    expect(tier('I had tea.')).toBe('none');
    expect(tier('I had tea.', { title: 'I want to die' })).toBe('urgent');
  });
});

describe('other languages', () => {
  says('unknown', [
    'Heute war ein schwieriger Tag und ich wollte nur kurz hallo sagen, weil ich neu bin.',
    'Si tu viens demain, je ferai une tarte aux pommes pour toute la famille.',
    'Сегодня был тяжёлый день, и я хотел просто поздороваться со всеми.',
    'Hoy ha sido un día muy largo y solo quería saludar a todos los que están aquí.',
  ]);
  says('unknown', [
    'Merci!',
    'Hola',
    'ya no sé',
    'Ik ben moe',
    'Estoy tan cansada, I don’t know what to do',
    'I am fine. Hoy ha sido un día muy largo.',
    'Умру',
  ]);
  it('still detects English crisis words among them', () => {
    expect(
      tier(
        'Heute war ein schwieriger Tag für mich. I am going to kill myself tonight. Ich wollte nur hallo sagen.',
      ),
    ).toBe('crisis');
  });
});

describe('everyday posts', () => {
  says('none', [
    'Going to bed early tonight.',
    'Storm tonight. The dog is under the bed.',
    'Thanks everyone. I will try the tea tonight.',
    'I can’t unwind and I don’t know why.',
    'I am leaving my job on Friday and I am scared.',
  ]);
  says(
    'none',
    [
      'I have put it off for two years and I am dreading the needle. Any tricks for sitting still in the chair?',
    ],
    { title: 'Dentist on Thursday' },
  );
  it('gives a title no more weight than a sentence', () => {
    expect(
      tier('The garden is full of spiders this week.', { title: 'Spiders everywhere tonight' }),
    ).toBe('none');
  });
});

describe('named danger', () => {
  it.each([
    ['I am going to kill myself tonight', 'crisis'],
    ['I cut myself last night', 'urgent'],
    ['Made soup, walked the dog, slept well.', 'none'],
    ['Quiero morir esta noche', 'crisis'],
    ['Hoy ha sido un día muy largo y solo quería saludar.', 'unknown'],
    ['My ex just texted that he is on his way here to finish it.', 'crisis'],
  ])('is what hides and answers: %s', (text, named) => {
    expect(assessRisk(text).named).toBe(named);
  });
});

describe('signals for moderators', () => {
  it.each([
    ['So tired. I want to die today.', 'want to die'],
    ['He said “hi” 🙂 and I want to k!ll mys3lf', 'k!ll mys3lf'],
    ['i want to k i l l  m y s e l f', 'k i l l  m y s e l f'],
  ])('points at the words as they were written: %s', (text, words) => {
    const { signals } = assessRisk(text);
    expect(signals.length).toBeGreaterThan(0);
    expect(signals.some(({ span: [from, to] }) => text.slice(from, to).includes(words))).toBe(true);
    for (const {
      span: [from, to],
      rule,
    } of signals) {
      expect(0 <= from && from < to && to <= text.length).toBe(true);
      expect(rule).not.toBe('');
    }
  });

  it('names the version of the rules', () => {
    expect(assessRisk('hello').rulesVersion).toMatch(/^\d{4}-\d{2}-\d{2}/);
  });
});

describe('amount of work', () => {
  const steps = (text: string): number => {
    const before = matchingSteps();
    assessRisk(text);
    return matchingSteps() - before;
  };

  it.each([
    'I want to go and see them but I do not know how. ',
    'i want to ',
    'not never no ',
    'k i l l ',
    'i am so so so so tired of it all and ',
  ])('grows with the length alone: %s', (piece) => {
    const short = steps(piece.repeat(100));
    const long = steps(piece.repeat(1_000));
    expect(short).toBeGreaterThan(0);
    expect(long / short).toBeLessThan(12);
  });
});
