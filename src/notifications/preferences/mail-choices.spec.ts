import { describe, expect, it } from '@jest/globals';
import { cadence, defaultFrequency, frequencies, type Choice } from './mail-choices.js';
import { MAIL_KINDS } from './notice-kinds.js';

const everywhere = (kind: Choice['kind'], frequency: Choice['frequency']): Choice => ({
  kind,
  communityId: null,
  frequency,
});

describe('what a member gets by mail', () => {
  it('until they say anything is the short mail about an answer, and nothing else', () => {
    expect(MAIL_KINDS.filter((kind) => defaultFrequency(kind, null) !== 'never')).toEqual([
      'reply',
    ]);
    expect(cadence([], null)).toEqual({ daily: false, weekly: false });
  });

  it('once they say that mail is safe is the week in numbers as well', () => {
    expect(frequencies([], 'yes')).toEqual({
      reply: 'at-once',
      mention: 'never',
      follow: 'never',
      thread: 'weekly',
      team: 'never',
      own: 'never',
    });
    expect(cadence([], 'yes')).toEqual({ daily: false, weekly: true });
  });

  it('is no digest at all where mail is not safe, whatever was chosen', () => {
    expect(cadence([everywhere('reply', 'daily'), everywhere('thread', 'weekly')], 'no')).toEqual({
      daily: false,
      weekly: false,
    });
  });

  it('is what they chose, also for one community alone', () => {
    expect(frequencies([everywhere('reply', 'never')], 'yes').reply).toBe('never');
    expect(cadence([everywhere('thread', 'never')], 'yes')).toEqual({
      daily: false,
      weekly: false,
    });
    expect(
      cadence(
        [everywhere('thread', 'never'), { kind: 'thread', communityId: '4', frequency: 'daily' }],
        'yes',
      ),
    ).toEqual({ daily: true, weekly: false });
  });
});
