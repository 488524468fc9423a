import { DAY, HOUR, MINUTE } from '../kernel/clock.js';
import { ComputedOnce } from '../kernel/computed-once.js';
import type { MessageParams, Messages } from './messages.js';
import { currentZoneName } from './zone-names.js';
import { wallTime } from './zoned-time.js';
import { dateTimeFormat, listFormat, listSeparators, numberFormat } from '../kernel/intl.js';

/** Translates messages and formats dates and numbers, in the reader's language and time zone. */
export class Translator {
  /**
   * Until when every time-dependent text given out so far is valid, in milliseconds since the
   * epoch. Days change for all texts at once, so caches know when to expire.
   */
  trueUntil = Infinity;
  private readonly today: number;
  private readonly language: string;

  constructor(
    private readonly messages: Messages,
    readonly locale: string,
    readonly now: Date,
    readonly timeZone: string = 'Europe/London',
  ) {
    this.today = wallTime(now, timeZone).day;
    this.language = locale === 'en' ? 'en-GB' : locale;
  }

  t(key: string, params?: MessageParams): string {
    return this.messages.text(this.locale, key, params);
  }

  /** Whether a message exists, at least in English. */
  has(key: string): boolean {
    return this.messages.has(key);
  }

  /** A text shipped as data: see `Messages.phrase`. */
  phrase(names: string, text: string): string {
    return this.messages.phrase(this.locale, names, text);
  }

  /**
   * Records that the content of a page changes at this time.
   * @param at ignored if it has passed
   */
  changesAt(at: Date | number): void {
    const time = Number(at);
    if (time > this.now.getTime() && time < this.trueUntil) this.trueUntil = time;
  }

  /**
   * "yesterday evening", "on Monday morning", "3 March": relative, and never precise to the second.
   */
  when(date: Date): string {
    const age = this.now.getTime() - date.getTime();
    if (age < 4 * HOUR) this.changesAt(date.getTime() + changeAfter(age));
    if (age < 2 * MINUTE) return this.t('time.now');
    if (age < HOUR) return this.t('time.minutes', { count: Math.round(age / MINUTE) });
    const wall = wallTime(date, this.timeZone);
    const days = this.today - wall.day;
    if (days > 6) return this.day(wall.day, this.sameYear(wall.day) ? 'short' : 'long');
    if (days === 0 && age < 4 * HOUR)
      return this.t('time.hours', { count: Math.round(age / HOUR) });
    const { hours, name } = partOf(wall.hour);
    const part = { hours, part: this.t(`time.part.${name}`) };
    if (days === 0) return this.t('time.today', part);
    return days === 1
      ? this.t('time.yesterday', part)
      : this.t('time.weekday', { day: this.day(wall.day, 'weekday'), ...part });
  }

  /** "London time": the time zone of all times. UTC has no place name. */
  get zoneName(): string {
    return this.nameOfZone(this.timeZone);
  }

  /** @param zone IANA name */
  nameOfZone(zone: string): string {
    const place = currentZoneName(zone).split('/').at(-1)?.replaceAll('_', ' ') ?? zone;
    return zone.includes('/') ? this.t('time.zone', { place }) : zone;
  }

  /** "tomorrow at 10:00 (London time)": a future time. */
  soon(date: Date): string {
    return this.ahead(date, 'at');
  }

  /** "10:00 tomorrow (London time)": a future time after a word such as "by" or "before". */
  by(date: Date): string {
    return this.ahead(date, 'by');
  }

  private ahead(date: Date, form: 'at' | 'by'): string {
    const wall = wallTime(date, this.timeZone);
    const time = `${two(wall.hour)}:${two(wall.minute)}`;
    const days = wall.day - this.today;
    const zone = this.zoneName;
    if (days < 1) return this.t(`time.${form}-today`, { time, zone });
    if (days < 2) return this.t(`time.${form}-tomorrow`, { time, zone });
    const day = this.day(wall.day, days < 7 ? 'weekday' : 'short');
    return this.t(`time.${form}-day`, { day, time, zone });
  }

  /** Full date and time, for a title attribute or a list of sessions. */
  exactly(date: Date): string {
    const wall = wallTime(date, this.timeZone);
    return `${this.day(wall.day, 'long')}, ${two(wall.hour)}:${two(wall.minute)}`;
  }

  /** When a page that is read offline was saved. */
  saved(): string {
    return this.t('offline.kept.saved', { date: this.exactly(this.now) });
  }

  /** Full date and time with the time zone, for a deadline. */
  deadline(date: Date): string {
    return this.t('time.in-zone', { time: this.exactly(date), zone: this.zoneName });
  }

  date(date: Date): string {
    return this.day(wallTime(date, this.timeZone).day, 'long');
  }

  /** "29 Nov 2026": for little room, as below a chart. */
  shortDate(date: Date): string {
    return this.day(wallTime(date, this.timeZone).day, 'brief');
  }

  /**
   * A calendar day, independent of time zones.
   * @param day `2026-01-31`, or a time whose UTC day is meant
   * @param style `least` for "29 Nov", if the year is obvious and there is little room
   */
  calendarDay(day: string | Date, style: 'long' | 'least' = 'long'): string {
    const date = typeof day === 'string' ? new Date(`${day}T00:00:00Z`) : day;
    return this.day(Math.floor(date.getTime() / DAY), style);
  }

  /** Month and year, for example of joining. */
  month(date: Date): string {
    return this.day(wallTime(date, this.timeZone).day, 'month');
  }

  number(count: number): string {
    return numberFormat(this.locale).format(count);
  }

  /** "a, b and c"; without the conjunction if an item contains it: "death and grief, suicide". */
  list(items: string[]): string {
    const { comma, and } = listSeparators(this.language);
    return items.some((item) => item.includes(and))
      ? items.join(comma)
      : listFormat(this.language).format(items);
  }

  private sameYear(day: number): boolean {
    return new Date(day * DAY).getUTCFullYear() === new Date(this.today * DAY).getUTCFullYear();
  }

  private day(day: number, style: keyof typeof STYLES): string {
    return days.get(`${this.language} ${style} ${day}`, () =>
      dateTimeFormat(this.language, { ...STYLES[style], timeZone: 'UTC' }).format(day * DAY),
    );
  }
}

/**
 * The age at which `when` gives another text.
 * @param age below four hours
 */
function changeAfter(age: number): number {
  if (age < 2 * MINUTE) return 2 * MINUTE;
  const unit = age < HOUR ? MINUTE : HOUR;
  const rounded = (Math.round(age / unit) + 0.5) * unit;
  return age < HOUR ? Math.min(rounded, HOUR) : Math.min(rounded, 4 * HOUR);
}

const STYLES: Record<
  'short' | 'long' | 'brief' | 'least' | 'weekday' | 'month',
  Intl.DateTimeFormatOptions
> = {
  short: { day: 'numeric', month: 'long' },
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  brief: { day: 'numeric', month: 'short', year: 'numeric' },
  least: { day: 'numeric', month: 'short' },
  weekday: { weekday: 'long' },
  month: { month: 'long', year: 'numeric' },
};

// A formatted day is the same for every reader, and Intl takes a hundred times as long as the
// cache.
const days = new ComputedOnce<string>(20_000);

function two(number: number): string {
  return String(number).padStart(2, '0');
}

/**
 * The part of the day. `hours` distinguishes the two ends of a night: yesterday at 23:00 was "last
 * night", yesterday at 02:00 was not.
 */
function partOf(hour: number): {
  hours: 'small' | 'day' | 'late';
  name: 'night' | 'morning' | 'afternoon' | 'evening';
} {
  if (hour < 5) return { hours: 'small', name: 'night' };
  if (hour >= 22) return { hours: 'late', name: 'night' };
  if (hour < 12) return { hours: 'day', name: 'morning' };
  return { hours: 'day', name: hour < 18 ? 'afternoon' : 'evening' };
}
