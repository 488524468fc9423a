import { describe, expect, it } from '@jest/globals';
import { Messages } from '../i18n/messages.js';
import { Translator } from '../i18n/translator.js';
import { HOUR, later } from '../kernel/clock.js';
import { nextStepText, replyPromiseTexts } from './reply-promise.js';

const now = new Date('2026-06-01T12:00:00Z');
const i18n = new Translator(new Messages(), 'en', now, 'UTC');

describe('reply promises', () => {
  it('list the steps in the order in which they happen', () => {
    const promise = { firstReplyMinutes: 300, supportersAfter: 12, teamAfter: 24 };
    expect(replyPromiseTexts(promise, i18n)).toEqual([
      'Usually the first reply comes in about 5 hours.',
      'If nobody has replied after 12 hours, we show your thread to peer supporters who have time.',
      'If there is still no reply after a day, we pass it to the team.',
    ]);
  });

  it('mention no supporters if there are none, or if the team comes first', () => {
    const team = ['If nobody has replied after 6 hours, we pass your thread to the team.'];
    for (const supportersAfter of [null, 6, 12])
      expect(
        replyPromiseTexts({ firstReplyMinutes: null, supportersAfter, teamAfter: 6 }, i18n),
      ).toEqual(team);
  });

  it('give the author a time for the next step, until it comes', () => {
    const step = { to: 'team', at: later(now, 2 * HOUR).toISOString() } as const;
    expect(nextStepText(step, now, i18n)).toContain('to the team today at 14:00');
    expect(nextStepText(step, later(now, 3 * HOUR), i18n)).toBeNull();
  });
});
