import type { Words } from '../kernel/words.js';
import type { ModeratedHours } from './community-access.js';

const WEEK = 7;

interface LocalTime {
  /** 1 is Monday, 7 is Sunday. */
  day: number;
  /** Minutes since midnight. */
  minute: number;
}

const readers = new Map<string, Intl.DateTimeFormat>();

function localTime(now: Date, timeZone: string): LocalTime {
  let reader = readers.get(timeZone);
  if (reader === undefined) {
    reader = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    readers.set(timeZone, reader);
  }
  const parts = Object.fromEntries(reader.formatToParts(now).map(({ type, value }) => [type, value]));
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(parts.weekday ?? '') + 1;
  return { day, minute: Number(parts.hour) * 60 + Number(parts.minute) };
}

function minutes(clock: string): number {
  const [hour, minute] = clock.split(':').map(Number);
  return (hour ?? 0) * 60 + (minute ?? 0);
}

/** The stretches of one day, in minutes, in order. A stretch that ends at or before its beginning goes on past midnight. */
function stretches(hours: ModeratedHours, day: number): { from: number; to: number }[] {
  const before = day === 1 ? WEEK : day - 1;
  return hours.weekly
    .flatMap(({ days, from, to }) => {
      const [start, end] = [minutes(from), minutes(to)];
      const late = end <= start;
      const own = days.includes(day) ? [{ from: start, to: late ? 24 * 60 : end }] : [];
      const rest = late && days.includes(before) && end > 0 ? [{ from: 0, to: end }] : [];
      return [...rest, ...own];
    })
    .sort((a, b) => a.from - b.from);
}

/** Whether somebody looks after the community at this moment. */
export function isModeratedNow(hours: ModeratedHours, now: Date): boolean {
  const { day, minute } = localTime(now, hours.timeZone);
  return stretches(hours, day).some(({ from, to }) => minute >= from && minute < to);
}

/** When somebody is there again: days from today and local minutes; null where no hours are set. */
export function nextModerated(hours: ModeratedHours, now: Date): { inDays: number; day: number; from: string } | null {
  const { day, minute } = localTime(now, hours.timeZone);
  for (let inDays = 0; inDays <= WEEK; inDays += 1) {
    const that = ((day - 1 + inDays) % WEEK) + 1;
    const next = stretches(hours, that).find(({ from }) => inDays > 0 || from > minute);
    if (next !== undefined) return { inDays, day: that, from: `${String(Math.floor(next.from / 60)).padStart(2, '0')}:${String(next.from % 60).padStart(2, '0')}` };
  }
  return null;
}

/** One honest sentence: who is there now, or when somebody is again. */
export function hoursInWords(words: Words, hours: ModeratedHours, now: Date): string {
  if (isModeratedNow(hours, now)) return words.t('communities.hours.now');
  const next = nextModerated(hours, now);
  if (next === null) return words.t('communities.hours.none');
  const when = next.inDays === 0 ? 'today' : next.inDays === 1 ? 'tomorrow' : `day.${next.day}`;
  return words.t('communities.hours.again', { when: words.t(`communities.hours.${when}`), time: next.from });
}
