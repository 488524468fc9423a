import { describe, expect, it } from '@jest/globals';
import { Messages } from '../../i18n/messages.js';
import { Translator } from '../../i18n/translator.js';
import { CONCERNS, COMPLAINTS } from '../../review/review-targets.js';
import { ACTIONS, ACTION_FACTS, RULES } from './actions.js';
import { reasonWords, dueWords } from './case-labels.js';
import { ruleWords } from './rule-labels.js';

const messages = new Messages();
const now = new Date('2026-03-01T12:00:00Z');
const i18n = new Translator(messages, 'en', now);

describe('the reasons of a case', () => {
  it('have a label for every reason of a report', () => {
    const reasons = [
      ...Object.keys(CONCERNS).map((reason) => ({ source: 'concern', reason })),
      ...Object.keys(COMPLAINTS).map((reason) => ({ source: 'report', reason })),
    ];
    expect(reasons.length).toBeGreaterThan(12);
    const unlabelled = ['concern', 'report'].map((source) => ({ source, reason: 'unlabelled' }));
    const all = [...reasons, ...unlabelled];
    expect(new Set(reasonWords(i18n, all)).size).toBe(all.length);
  });

  it('fall back to the label of their source, without duplicates', () => {
    expect(
      reasonWords(i18n, [
        { source: 'triage', reason: 'urgent' },
        { source: 'triage', reason: 'crisis' },
      ]),
    ).toEqual(['found by screening']);
    expect(reasonWords(i18n, null)).toEqual([]);
  });
});

describe('an action', () => {
  it('has a label, a hint, a log entry and, if the member is notified, a human opening line', () => {
    expect(ACTIONS.length).toBe(14);
    for (const action of ACTIONS) {
      for (const key of [
        `action.${action}.label`,
        `action.${action}.hint`,
        `done.${action}`,
        ...(ACTION_FACTS[action].notifies
          ? [`statement.lead.${action}`, `statement.done.${action}`]
          : []),
      ])
        expect([key, messages.has(`moderation.${key}`)]).toEqual([key, true]);
    }
  });

  it('labels a rule by its number, by its key, or verbatim', () => {
    RULES.forEach((rule, at) =>
      expect(ruleWords(rule, i18n)).toBe(ruleWords(String(at + 1), i18n)),
    );
    expect(ruleWords('detail', i18n)).toBe('Rule 2: Leave out how it is done');
    expect(ruleWords('Rule of our community', i18n)).toBe('Rule of our community');
    expect(ruleWords('', i18n)).toBeNull();
  });
});

describe('the due time of a case', () => {
  it.each([
    [20, 'due in 20 minutes'],
    [-1, 'due a minute ago'],
    [600, 'due in 10 hours'],
    [-59, 'due 59 minutes ago'],
    [-60, 'due an hour ago'],
    [-89, 'due an hour ago'],
    [-120, 'due 2 hours ago'],
    [8_880, 'due in 6 days'],
    [-2_880, 'due 2 days ago'],
  ])('%i minutes from now: %s', (minutes, said) => {
    expect(dueWords(new Date(now.getTime() + minutes * 60_000), now, i18n)).toBe(said);
  });
});
