import { describe, expect, it } from '@jest/globals';
import { assessRisk } from './assess-risk.js';

function reasons(text: string): string[] {
  return assessRisk(text).signals.flatMap(({ rule }) =>
    rule.startsWith('wording.') ? [] : [rule],
  );
}

describe('reasons', () => {
  it.each([
    ['Is anyone up? I want to die.', 'crisis.help-sought'],
    ['Someone please talk to me, I want to die', 'crisis.help-sought'],
    ['I am running out of strength and I want to die', 'crisis.countdown'],
    ['I cannot keep myself safe tonight', 'crisis.unsafe'],
  ])('tell asking for somebody from being unsafe: %s', (text, reason) => {
    const found = reasons(text).filter((each) => each.startsWith('crisis.'));
    expect([...new Set(found)]).toEqual([reason]);
  });

  it('name the wish to do something to oneself as an urge, and leave its tier to the classifier', () => {
    const found = assessRisk('I want to do something to myself');
    expect(found).toMatchObject({ tier: 'urgent', named: 'watch' });
    expect(reasons('I want to do something to myself')).toContain('self-harm.urge');
  });

  it.each([
    'I don’t want to do anything to myself',
    'I keep things to myself',
    'I want to do something to my garden',
    'I want to do something nice for myself',
  ])('name no urge where nothing is done to oneself: %s', (text) => {
    expect(reasons(text)).not.toContain('self-harm.urge');
  });
});
