import { describe, expect, it } from '@jest/globals';
import { holdFor, linksIn, type AuthorRecord, type AssessedSubmission } from './hold-policy.js';

const noon = new Date('2026-11-25T12:00:00Z');
const night = new Date('2026-11-25T03:00:00Z');
const DAY = 86_400_000;

const author: AuthorRecord = {
  hours: {
    timeZone: 'UTC',
    weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '10:00', to: '21:00' }],
    outside: '',
  },
  preModeration: 'none',
  firstPostsCount: 3,
  firstPostsDays: null,
  holdOnShift: 'crisis',
  holdOutside: 'crisis',
  siteRole: 'member',
  communityRole: 'member',
  trusted: false,
  joinedAt: new Date(noon.getTime() - 60 * DAY),
  accountSince: new Date(noon.getTime() - 60 * DAY),
  published: 0,
  repeats: 0,
  lately: 0,
};
const plain: AssessedSubmission = { tier: 'none', ruleHolds: false, links: 0 };
const newcomer: Partial<AuthorRecord> = { accountSince: new Date(noon.getTime() - DAY / 2) };
const why = (
  facts: Partial<AuthorRecord>,
  weighed: Partial<AssessedSubmission> = {},
  now = noon,
): string | undefined => holdFor({ ...author, ...facts }, { ...plain, ...weighed }, now)?.why;

describe('holdFor', () => {
  it('holds nothing if nothing is configured and nothing was found', () => {
    expect(why({})).toBeUndefined();
    expect(why({}, { tier: 'urgent' })).toBeUndefined();
    expect(why({}, { tier: 'unknown' })).toBeUndefined();
  });

  it('holds a crisis for ten minutes during moderated hours, else until they begin', () => {
    expect(holdFor(author, { ...plain, tier: 'crisis' }, noon)).toEqual({
      why: 'crisis',
      until: new Date('2026-11-25T12:10:00Z'),
    });
    expect(holdFor(author, { ...plain, tier: 'crisis' }, night)).toEqual({
      why: 'crisis',
      until: new Date('2026-11-25T10:10:00Z'),
    });
  });

  it('holds what the community configured, by day and by night', () => {
    const careful: Partial<AuthorRecord> = { holdOnShift: 'none', holdOutside: 'watch' };
    expect(why(careful, { tier: 'crisis' })).toBeUndefined();
    expect(why(careful, { tier: 'watch' }, night)).toBe('crisis');
    expect(why(careful, { tier: 'none' }, night)).toBeUndefined();
    expect(why({ holdOnShift: 'urgent' }, { tier: 'urgent' })).toBe('crisis');
  });

  it('puts a cry for help before any other reason', () => {
    expect(why({ preModeration: 'all' }, { tier: 'crisis', ruleHolds: true })).toBe('crisis');
    expect(why({}, { tier: 'crisis', detail: true })).toBe('crisis');
    expect(why({ preModeration: 'all' }, { ruleHolds: true })).toBe('rule');
    expect(why({}, { detail: true })).toBe('detail');
  });

  it('holds a reply by email that may contain more than the reply, by any author', () => {
    expect(why({}, { doubtful: true })).toBe('mail');
    expect(why({ siteRole: 'admin', trusted: true }, { doubtful: true })).toBe('mail');
    expect(why({}, { doubtful: true, detail: true })).toBe('detail');
    expect(why({}, { doubtful: true, tier: 'crisis' })).toBe('crisis');
  });

  it.each<[string, Partial<AuthorRecord>, string | undefined]>([
    ['the first post', {}, 'first-post'],
    ['the third', { published: 2 }, 'first-post'],
    ['the one after as many as asked for', { published: 3 }, undefined],
    ['anything by somebody who is trusted', { trusted: true }, undefined],
    ['anything once the days are over', { firstPostsDays: 30 }, undefined],
    ['the first post before they are', { firstPostsDays: 90 }, 'first-post'],
    ['a supporter’s first post', { communityRole: 'supporter' }, undefined],
    ['a professional’s first post', { communityRole: 'professional' }, undefined],
    ['staff’s first post', { siteRole: 'admin' }, undefined],
  ])('pre-moderates first posts: %s', (_what, facts, expected) => {
    expect(why({ preModeration: 'first-posts', ...facts })).toBe(expected);
  });

  it('holds, but never rejects, bulk posts of a new account', () => {
    expect(why(newcomer, { links: 3 })).toBe('rule');
    expect(why({ ...newcomer, repeats: 2 })).toBe('rule');
    expect(why({ ...newcomer, lately: 15 })).toBe('rule');
    expect(why(newcomer, { links: 2 })).toBeUndefined();
    expect(why({ repeats: 9, lately: 99 }, { links: 9 })).toBeUndefined();
  });

  it('names a time at which somebody reads: twelve hours on, or when moderated hours begin', () => {
    const until = (now: Date, weekly = author.hours.weekly): Date | null | undefined =>
      holdFor({ ...author, hours: { ...author.hours, weekly } }, { ...plain, ruleHolds: true }, now)
        ?.until;
    expect(until(new Date('2026-11-25T08:30:00Z'))).toEqual(new Date('2026-11-25T20:30:00Z'));
    expect(until(noon)).toEqual(new Date('2026-11-26T10:00:00Z'));
    expect(until(night)).toEqual(new Date('2026-11-25T15:00:00Z'));
    expect(until(noon, [])).toEqual(new Date('2026-11-26T00:00:00Z'));
  });

  it('counts links to other sites', () => {
    expect(linksIn('See https://a.example and www.b.example, not tel:116123 or /t/5')).toBe(2);
  });
});
