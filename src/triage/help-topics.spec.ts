import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Messages } from '../i18n/messages.js';
import { Clock } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Logger } from '../kernel/logger.js';
import {
  helpFirst,
  helpTopicOf,
  helpTopicsIn,
  namesDangerInOtherLanguages,
} from './help-topics.js';
import type { Signal, CaseTier } from './risk.js';
import { Screening, type Screened } from './screening.js';

function answering(tier: CaseTier, ...rules: string[]): Screening {
  const signals: Signal[] = rules.map((rule) => ({ rule, span: [0, 1] }));
  const unscreened: Screened['unscreened'] = tier === 'unknown' ? 'screening-off' : null;
  const isNamed = signals.some(({ rule }) => !rule.startsWith('wording.'));
  const named = isNamed || tier === 'unknown' ? tier : 'none';
  return { screen: () => ({ tier, named, signals, unscreened }) } as unknown as Screening;
}
const screening = new Screening(
  Object.assign(new Config(), { TRIAGE: 'on' }),
  null as never,
  new Clock(),
  new Logger('silent', true),
);
const OFF = answering('unknown');
const NOTHING = answering('none');

describe('help topics', () => {
  it.each([
    [
      'suicide',
      ['suicidal', 'I want to die', 'how to stop wanting to die', 'better off without me'],
    ],
    ['suicide', ['i dont want to be here', 'I can’t go on', 'thinking about SUICIDE', 'su1cide']],
    [
      'self-harm',
      ['cutting', 'Cutting.', 'I cut myself', 'hurt myself', 'Self-harm', 'urge to cut'],
    ],
    ['overdose', ['overdose', 'took too many pills', 'I took all my tablets']],
    ['abuse', ['my husband hits me', 'he hit me', 'domestic abuse', 'scared of my boyfriend']],
    [
      'eating',
      ['anorexia', 'binge', 'starving myself', 'eating disorder', 'threw up after eating'],
    ],
    ['substance-use', ['drinking too much', 'alcohol', 'can’t stop drinking', 'my wife drinks']],
    ['somebody-else', ['my friend is suicidal', 'worried he might hurt himself']],
  ])('%s', (topic, texts) => {
    for (const text of texts) {
      expect([text, helpTopicsIn(text)[0]?.topic]).toEqual([text, topic]);
      expect([text, helpFirst(text, OFF)?.topic]).toEqual([text, topic]);
    }
  });

  it.each([
    'cutting the grass',
    'I cut myself shaving',
    'drinking too much coffee',
    'my dad drinks tea',
    'my sister drinks too much coffee',
    'binge watching',
    'I can’t go on holiday',
    'my mum died',
    'this heat is killing me slowly',
    'I could sleep for a week',
    'the party was not for me',
    'hurt my back',
    'night',
    '',
  ])('none in “%s”', (text) => {
    expect(helpTopicsIn(text)).toEqual([]);
    expect(helpFirst(text, NOTHING)).toBeNull();
  });

  const inOtherLanguages = JSON.parse(
    readFileSync('test/fixtures/help-languages.json', 'utf8'),
  ) as Record<string, string[]>;

  it.each(
    Object.entries(inOtherLanguages).flatMap(([topic, texts]) =>
      texts.map((text) => [text, topic] as const),
    ),
  )('in slang and in other languages: “%s” is %s', (text, topic) => {
    expect(helpFirst(text, NOTHING)?.topic ?? 'none').toBe(topic);
    expect(helpTopicsIn(text)[0]?.topic ?? 'none').toBe(topic);
  });

  const queries = readFileSync('test/triage/languages/queries.jsonl', 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { label: 'none' | 'danger'; text: string })
    .map(({ label, text }) => [label, text] as const);

  it.each(queries)('in other languages, show numbers for danger only: %s, “%s”', (label, text) => {
    expect(helpFirst(text, screening)?.danger === true ? 'danger' : 'none').toBe(label);
  });

  it.each([
    ['od', 'overdose'],
    ['i will od', 'overdose'],
    ['mia', 'eating'],
    ['pro ana mia', 'eating'],
    ['rozstanie od miesiąca', 'none'],
    ['lutto per mia nonna', 'none'],
  ])('know slang from words of other languages: “%s” is %s', (text, topic) => {
    expect(helpFirst(text, NOTHING)?.topic ?? 'none').toBe(topic);
  });

  it.each([
    ['Psicólogo aquí, preparo un taller sobre prevención del suicidio', false],
    ['En la novela la protagonista finge su suicidio', false],
    ['Me quiero morir de la vergüenza', false],
    ['Ya no quiero vivir', true],
    ['Mi hermano habla de suicidio', true],
  ])('tell danger in other languages from idioms, films and work: “%s”', (text, isDanger) => {
    expect(namesDangerInOtherLanguages(text)).toBe(isDanger);
    expect(helpFirst(text, NOTHING)?.danger === true).toBe(isDanger);
  });

  it('of short forms in other languages are those of the rules', () => {
    const { topics } = JSON.parse(readFileSync('src/triage/rules/help-languages.json', 'utf8')) as {
      topics: Record<string, Record<string, string[]>>;
    };
    for (const [topic, languages] of Object.entries(topics))
      for (const [language, phrases] of Object.entries(languages))
        for (const phrase of phrases) {
          const text = phrase.replace(/^\^ /, '').replace(/\|\S+/gu, '');
          expect([language, text, helpTopicsIn(text).map((each) => each.topic)]).toEqual([
            language,
            text,
            expect.arrayContaining([topic]),
          ]);
        }
  });

  it('all have their text', () => {
    const messages = new Messages();
    const texts = [
      'suicidal',
      'cutting',
      'overdose',
      'raped',
      'binge',
      'drunk',
      'my ex is suicidal',
    ];
    for (const text of texts)
      expect(messages.has(`safety.help-first.${helpTopicsIn(text)[0]?.topic ?? 'no topic'}`)).toBe(
        true,
      );
    expect(messages.has('safety.help-first.danger')).toBe(true);
  });
});

describe('help above search results', () => {
  it('is shown if a rule names the danger', () => {
    expect(helpFirst('a word', answering('urgent', 'suicide.passive'))?.topic).toBe('danger');
    expect(helpFirst('a word', answering('watch', 'low.hopeless'))).toBeNull();
    expect(helpFirst('a word', answering('unknown', 'suicide.passive'))).toBeNull();
  });

  it('relies on the classifier only for a text, not for a word or two', () => {
    const words = answering('crisis', 'wording.crisis');
    expect(helpFirst('night', words)).toBeNull();
    expect(helpFirst('six words of text and more', words)?.topic).toBe('danger');
  });

  it('shows phone numbers for a text that is urgent to the classifier alone', () => {
    const urgent = answering('urgent', 'wording.urgent');
    expect(helpFirst('the letters came and I cannot tell anyone', urgent)?.topic).toBe('danger');
    expect(helpFirst('the letters came', urgent)).toBeNull();
  });

  it('is offered without phone numbers for a text that only mentions a topic', () => {
    const text = 'we talked about suicide prevention at work today';
    expect(helpFirst(text, NOTHING)).toMatchObject({ topic: 'suicide', danger: false });
    expect(helpFirst(text, answering('watch', 'low.mood'))?.danger).toBe(true);
    expect(helpFirst(text, OFF)?.danger).toBe(true);
    expect(helpFirst('suicide prevention', NOTHING)?.danger).toBe(true);
    expect(helpFirst('suicide prevention, as I want to die', NOTHING)?.danger).toBe(true);
  });

  it('does not take fear of an intrusive thought for a threat', () => {
    const threat = answering('urgent', 'threats.fear', 'wording.crisis');
    for (const text of [
      'keep driving back round to see if I hit someone',
      'what if I snapped and hurt my own child, I would never',
      'every time I hold her I picture dropping her',
    ])
      expect([text, helpFirst(text, threat)?.topic]).toEqual([text, 'hard']);
    expect(helpFirst('what if I hurt someone, I want to die', threat)?.topic).toBe('suicide');
  });

  it('prefers danger to a topic that can wait', () => {
    const danger = answering('crisis', 'suicide.intent');
    expect(helpFirst('drinking again and tonight is the night', danger)?.topic).toBe('danger');
    expect(helpFirst('I drink too much and I want to die', danger)?.topic).toBe('suicide');
  });

  it('is shown for the tags about it, and for no others', () => {
    expect(helpTopicOf('self-harm')?.topic).toBe('self-harm');
    expect(helpTopicOf('substance-use')?.topic).toBe('substance-use');
    expect(helpTopicOf('eating')?.topic).toBe('eating');
    expect(helpTopicOf('trauma')).toBeNull();
    expect(helpTopicOf('')).toBeNull();
  });

  it('shows phone numbers for danger, and hardly ever for ordinary distress', () => {
    const withNumbers = (texts: string[]): string[] =>
      texts.filter((text) => helpFirst(text, screening)?.danger === true);
    const { ordinary, danger } = JSON.parse(
      readFileSync('test/fixtures/help-sentences.json', 'utf8'),
    ) as { ordinary: string[]; danger: string[] };
    expect(withNumbers(ordinary).length).toBeLessThanOrEqual(ordinary.length * 0.15);
    expect(withNumbers(danger).length).toBeGreaterThanOrEqual(danger.length * 0.9);
  });
});
