import { describe, expect, it } from '@jest/globals';
import { Messages } from '../kernel/messages.js';
import { Words } from '../kernel/words.js';
import { CONCERNS, COMPLAINTS } from '../safety/targets.js';
import { ACTIONS, FACTS, RULES } from './actions.js';
import { dueWords, reasonWords } from './queue.view.js';
import { ruleWords } from './case.view.js';

const messages = new Messages();
const now = new Date('2026-03-01T12:00:00Z');
const words = new Words(messages, 'en', now);

describe('why a case is here', () => {
  it('has words of its own for every reason that a report can name', () => {
    const reasons = [
      ...Object.keys(CONCERNS).map((reason) => ({ source: 'concern', reason })),
      ...Object.keys(COMPLAINTS).map((reason) => ({ source: 'report', reason })),
    ];
    expect(reasons.length).toBeGreaterThan(12);
    for (const each of reasons) expect(reasonWords(words, [each])[0]).toMatch(/^(worry|report)/);
    expect(new Set(reasonWords(words, reasons)).size).toBe(reasons.length);
  });

  it('is told by where it came from where it bears a name unknown here, and once', () => {
    expect(
      reasonWords(words, [
        { source: 'triage', reason: 'urgent' },
        { source: 'triage', reason: 'crisis' },
      ]),
    ).toEqual(['found by screening']);
    expect(reasonWords(words, null)).toEqual([]);
  });
});

describe('what can be decided', () => {
  it('has a label, a hint, a name in the log and, where the member is told, a human first line', () => {
    expect(ACTIONS.length).toBe(14);
    for (const action of ACTIONS) {
      for (const key of [
        `action.${action}.label`,
        `action.${action}.hint`,
        `done.${action}`,
        ...(FACTS[action].told ? [`statement.lead.${action}`, `statement.done.${action}`] : []),
      ])
        expect([key, messages.has(`moderation.${key}`)]).toEqual([key, true]);
    }
  });

  it('names a rule by its number, by its key, or as it was written', () => {
    RULES.forEach((rule, at) =>
      expect(ruleWords(rule, words)).toBe(ruleWords(String(at + 1), words)),
    );
    expect(ruleWords('detail', words)).toBe('Rule 2: Leave out how');
    expect(ruleWords('Rule of our community', words)).toBe('Rule of our community');
    expect(ruleWords('', words)).toBeNull();
  });
});

describe('when a case is due', () => {
  it.each([
    [20, 'due in 20 minutes'],
    [-1, 'due a minute ago'],
    [600, 'due in 10 hours'],
    [-120, 'due 2 hours ago'],
  ])('%i minutes from now: %s', (minutes, said) => {
    expect(dueWords(new Date(now.getTime() + minutes * 60_000), now, words)).toBe(said);
  });
});
