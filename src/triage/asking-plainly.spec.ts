import { describe, expect, it } from '@jest/globals';
import { assessRisk } from './assess-risk.js';
import type { RiskContext } from './risk.js';

const CONTEXT: RiskContext = {
  writtenAs: 'reply',
  answers: ['I am going to kill myself tonight. I have written the letters.'],
};

describe('an answer to somebody who wants to die', () => {
  // First aid for mental health teaches helpers to ask directly, and to repeat what they heard.
  it.each([
    'You said you are going to kill yourself. I believe you are in that much pain. Can your sister come over?',
    'You say you want to die tonight and I believe you. Will you call someone?',
    'You told us you will end it. Please stay.',
    'Are you thinking of killing yourself right now?',
    'Are you going to kill yourself tonight? I am asking straight because I care.',
    'Do you want to die, or do you want it to stop hurting?',
    'I am so sorry that you want to die tonight.',
    'I hear that you want to kill yourself and I am staying with you.',
    'It hurts to read that you want to end your life tonight.',
    'When you write that you want to kill yourself, I think of my brother.',
    'You wrote that you want to die. I am glad you told someone.',
    'Reading that you are going to kill yourself tonight made me put the kettle on and sit down with you.',
    'You feel like killing yourself and you still wrote to us, that took something.',
    'If you feel you are going to kill yourself, ring 999.',
    'If you think you might hurt yourself tonight, go to A&E.',
    'You mentioned that you have written letters. Who are they to?',
    'I do not think you really want to die. I think you want some rest.',
    'You don’t have to kill yourself to be free of this.',
    'Have you cut yourself tonight?',
    'Cut yourself some slack.',
    'How close are you to killing yourself?',
    'Have you got a plan to kill yourself?',
    'I read ’last post’ and my stomach dropped. Do you mean you’re going to kill yourself?',
  ])('may ask plainly and repeat it: %s', (text) => {
    expect(assessRisk(text, CONTEXT).named).toBe('none');
  });

  it.each([
    'You said you are going to kill yourself so do it.',
    'You keep saying you will kill yourself, go on then.',
    'You said you would end it, stop talking and do it.',
    'kill yourself then',
    'You should kill yourself.',
    'Just kill yourself already, nobody cares.',
    'You told everyone you will end it, so what are you waiting for.',
    'If you want to kill yourself I will do it with you.',
    'go and kill yourself',
    'might as well kill yourself',
    'you need to kill yourself',
    'Oh kill yourself.',
  ])('may not tell them to do it: %s', (text) => {
    expect(assessRisk(text, CONTEXT)).toMatchObject({ tier: 'crisis', named: 'crisis' });
  });
});

it('a voice that commands it is named', () => {
  const { named } = assessRisk('The voice says kill yourself by twelve and I do as it tells me.');
  expect(['urgent', 'crisis']).toContain(named);
});
