import { describe, expect, it } from '@jest/globals';
import { digestCadence, defaultFrequency, frequencies, type Choice } from './mail-choices.js';
import { MAIL_KINDS } from './notice-kinds.js';

const everywhere = (kind: Choice['kind'], frequency: Choice['frequency']): Choice => ({
  kind,
  communityId: null,
  frequency,
});

describe('what a member gets by email', () => {
  it('defaults to brief emails about replies', () => {
    expect(MAIL_KINDS.filter((kind) => defaultFrequency(kind, null) !== 'never')).toEqual([
      'reply',
    ]);
    expect(digestCadence([], null)).toEqual({ daily: false, weekly: false });
  });

  it('also includes weekly counts once they said that email is safe', () => {
    expect(frequencies([], 'yes')).toEqual({
      reply: 'at-once',
      mention: 'never',
      follow: 'never',
      thread: 'weekly',
      team: 'never',
      own: 'never',
    });
    expect(digestCadence([], 'yes')).toEqual({ daily: false, weekly: true });
  });

  it('includes no digest if email is not safe, whatever was chosen', () => {
    expect(
      digestCadence([everywhere('reply', 'daily'), everywhere('thread', 'weekly')], 'no'),
    ).toEqual({
      daily: false,
      weekly: false,
    });
  });

  it('follows their choices, also for a single community', () => {
    expect(frequencies([everywhere('reply', 'never')], 'yes').reply).toBe('never');
    expect(digestCadence([everywhere('thread', 'never')], 'yes')).toEqual({
      daily: false,
      weekly: false,
    });
    expect(
      digestCadence(
        [everywhere('thread', 'never'), { kind: 'thread', communityId: '4', frequency: 'daily' }],
        'yes',
      ),
    ).toEqual({ daily: true, weekly: false });
  });
});
