import { DAY, HOUR, MINUTE } from './clock.js';
import type { MessageParams, Messages } from './messages.js';

/** The reader's language and calendar: messages, and times as people say them. */
export class Words {
  constructor(
    private readonly messages: Messages,
    readonly locale: string,
    private readonly now: Date,
    readonly timeZone: string = 'Europe/London',
  ) {}

  t(key: string, params?: MessageParams): string {
    return this.messages.text(this.locale, key, params);
  }

  /** "yesterday evening", "on Monday morning", "3 March": as near as one needs, never to the second. */
  when(date: Date): string {
    const age = this.now.getTime() - date.getTime();
    if (age < 2 * MINUTE) return this.t('time.now');
    if (age < HOUR) return this.t('time.minutes', { count: Math.round(age / MINUTE) });
    const days = this.dayNumber(this.now) - this.dayNumber(date);
    const part = this.t(`time.part.${partOf(this.hour(date))}`);
    if (days === 0) return age < 4 * HOUR ? this.t('time.hours', { count: Math.round(age / HOUR) }) : this.t('time.today', { part });
    if (days === 1) return this.t('time.yesterday', { part });
    if (days < 7) return this.t('time.weekday', { day: this.format(date, { weekday: 'long' }), part });
    const sameYear = this.format(date, { year: 'numeric' }) === this.format(this.now, { year: 'numeric' });
    return this.format(date, sameYear ? { day: 'numeric', month: 'long' } : { day: 'numeric', month: 'long', year: 'numeric' });
  }

  /** Date and time in full, for a title attribute or a list of sessions. */
  exactly(date: Date): string {
    return this.format(date, { dateStyle: 'long', timeStyle: 'short' });
  }

  date(date: Date): string {
    return this.format(date, { dateStyle: 'long' });
  }

  /** Month and year: near enough for when somebody joined. */
  month(date: Date): string {
    return this.format(date, { month: 'long', year: 'numeric' });
  }

  number(count: number): string {
    return new Intl.NumberFormat(this.locale).format(count);
  }

  list(items: string[]): string {
    return new Intl.ListFormat(this.locale, { type: 'conjunction' }).format(items);
  }

  private hour(date: Date): number {
    return Number(formatter('en-GB', this.timeZone, { hour: 'numeric', hourCycle: 'h23' }).format(date));
  }

  private dayNumber(date: Date): number {
    const [year, month, day] = formatter('en-CA', this.timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(date).split('-').map(Number);
    return Math.round(Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1) / DAY);
  }

  private format(date: Date, options: Intl.DateTimeFormatOptions): string {
    return formatter(this.locale === 'en' ? 'en-GB' : this.locale, this.timeZone, options).format(date);
  }
}

function partOf(hour: number): 'night' | 'morning' | 'afternoon' | 'evening' {
  if (hour < 5) return 'night';
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

// Making a formatter costs a hundred times what using it does.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale}|${timeZone}|${JSON.stringify(options)}`;
  let made = formatters.get(key);
  if (made === undefined) {
    made = new Intl.DateTimeFormat(locale, { ...options, timeZone });
    formatters.set(key, made);
  }
  return made;
}
