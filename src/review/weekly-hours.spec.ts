import { describe, expect, it } from '@jest/globals';
import type { ModeratedHours } from './moderated-hours.js';
import { weeklyHoursIn } from './weekly-hours.js';

const winter = new Date('2026-11-25T12:00:00Z');
const office: ModeratedHours = {
  timeZone: 'Europe/London',
  weekly: [{ days: [1, 2, 3, 4, 5], from: '10:00', to: '18:00' }],
  outside: '',
};

function inWords(hours: ModeratedHours, zone: string, now = winter): string[] {
  return weeklyHoursIn(hours, zone, now).map(
    ({ first, last, stretches }) =>
      `${first}-${last} ${stretches.map(({ from, to }) => `${from}-${to}`).join(' ')}`,
  );
}

describe('the weekly hours in the zone of a reader', () => {
  it('group consecutive days with the same hours', () => {
    expect(inWords(office, 'Europe/London')).toEqual(['1-5 10:00-18:00']);
  });

  it('are converted to the reader’s time zone', () => {
    expect(inWords(office, 'America/New_York')).toEqual(['1-5 05:00-13:00']);
    expect(inWords(office, 'Asia/Kolkata')).toEqual(['1-5 15:30-23:30']);
  });

  it('are split at the reader’s midnight', () => {
    expect(inWords(office, 'Asia/Tokyo')).toEqual([
      '1-1 19:00-24:00',
      '2-5 00:00-03:00 19:00-24:00',
      '6-6 00:00-03:00',
    ]);
  });

  it('continue past midnight, from Sunday into Monday too', () => {
    const late = { ...office, weekly: [{ days: [7], from: '22:00', to: '02:00' }] };
    expect(inWords(late, 'Europe/London')).toEqual(['1-1 00:00-02:00', '7-7 22:00-24:00']);
  });

  it('cover whole days for constant presence', () => {
    const always = {
      ...office,
      weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '00:00' }],
    };
    expect(inWords(always, 'Europe/London')).toEqual(['1-7 00:00-24:00']);
    expect(inWords(always, 'America/Los_Angeles')).toEqual(['1-7 00:00-24:00']);
  });

  it('merge overlaps, and are empty without hours', () => {
    const twice = {
      ...office,
      weekly: [
        { days: [1], from: '09:00', to: '12:00' },
        { days: [1], from: '11:00', to: '13:00' },
        { days: [1], from: '20:00', to: '21:00' },
      ],
    };
    expect(inWords(twice, 'Europe/London')).toEqual(['1-1 09:00-13:00 20:00-21:00']);
    expect(inWords({ ...office, weekly: [] }, 'Europe/London')).toEqual([]);
  });

  it('use the offsets of the week: New York changes a week after London', () => {
    expect(inWords(office, 'America/New_York', new Date('2026-10-28T12:00:00Z'))).toEqual([
      '1-5 06:00-14:00',
    ]);
  });

  it('are recomputed for changed hours, another week or another zone', () => {
    expect(inWords(office, 'America/New_York')).toEqual(['1-5 05:00-13:00']);
    const later = { ...office, weekly: [{ days: [2], from: '10:00', to: '18:00' }] };
    expect(inWords(later, 'America/New_York')).toEqual(['2-2 05:00-13:00']);
    // Monday in Auckland, while it is still Sunday in UTC.
    const monday = new Date('2026-04-05T13:00:00Z');
    const auckland = { ...office, timeZone: 'Pacific/Auckland' };
    expect(inWords(auckland, 'UTC', new Date('2026-04-05T11:00:00Z'))).not.toEqual(
      inWords(auckland, 'UTC', monday),
    );
  });
});
