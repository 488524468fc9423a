import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Messages } from '../../i18n/messages.js';
import { Translator } from '../../i18n/translator.js';
import { assessRisk } from '../../triage/assess-risk.js';
import { TIERS } from '../../triage/risk.js';
import { signalReason } from './signal-reasons.js';

const messages = new Messages();
const english = new Translator(messages, 'en', new Date(0));
const spanish = new Translator(messages, 'es', new Date(0));

/** The keys of all rules with a reason of their own. */
function ruleKeys(): string[] {
  const folder = new URL('../../triage/rules/', import.meta.url);
  const rules = readdirSync(folder)
    .filter((name) => name !== 'idioms.json')
    .flatMap((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as unknown)
    .flatMap((each) => {
      const { key } = each as { key?: unknown };
      return typeof key === 'string' ? [key] : [];
    });
  return [...rules, ...TIERS.filter((tier) => tier !== 'none').map((tier) => `wording.${tier}`)];
}

describe('the reason of a rule match', () => {
  it('exists for each rule, and for no other', () => {
    const keys = ruleKeys();
    expect(keys.length).toBeGreaterThan(100);
    const reasons = JSON.parse(readFileSync('views/messages/en/screening.json', 'utf8')) as {
      reason: Record<string, string>;
    };
    expect(Object.keys(reasons.reason).sort()).toEqual([...keys].sort());
  });

  it('is in the language of the page', () => {
    const [signal] = assessRisk('I want to die.').signals;
    expect(signal?.rule).toBe('suicide.passive');
    expect(signalReason({ rule: 'suicide.passive' }, english)).toBe('wishes not to be here');
    expect(signalReason({ rule: 'suicide.passive' }, spanish)).toBe('desearía no estar aquí');
  });

  it('names the language of a phrase in another language', () => {
    const [signal] = assessRisk('Ich will nicht mehr leben, niemand hört mir zu.').signals;
    expect(signal?.rule).toMatch(/^language\.de\./);
    expect(signalReason({ rule: signal?.rule ?? '' }, english)).toBe('names a danger, in German');
    expect(signalReason({ rule: signal?.rule ?? '' }, spanish)).toBe(
      'nombra un peligro, en alemán',
    );
    expect(signalReason({ rule: 'language.other.crisis' }, english)).toBe(
      'names a danger, in another language',
    );
  });

  it('of a word rule is what its author wrote', () => {
    expect(signalReason({ rule: 'word-rule', why: 'Selling is not for here.' }, spanish)).toBe(
      'Selling is not for here.',
    );
  });

  it('stays as it was stored if the rule no longer exists', () => {
    expect(signalReason({ rule: 'gone.rule', why: 'an earlier reason' }, spanish)).toBe(
      'an earlier reason',
    );
    expect(signalReason({ rule: 'gone.rule' }, spanish)).toBe(
      'palabras que marcó la revisión automática',
    );
  });
});
