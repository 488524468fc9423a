import type { ModeratedHours } from '../review/moderated-hours.js';

/** One line per day, such as `09:00-12:00, 14:00-18:00`, starting with Monday. */
type HourLines = readonly string[];

const PERIOD = /^([01]\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]\d|2[0-3]):([0-5]\d)$/;
/** Maximum number of periods per day; more are considered a mistake. */
const MAX_PERIODS = 4;

/**
 * Parses the lines; days with the same period share an entry.
 * @returns null if a line is invalid
 */
export function readHours(lines: HourLines): ModeratedHours['weekly'] | null {
  const days = new Map<string, number[]>();
  for (const [at, line] of lines.entries()) {
    const parts = line
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    if (parts.length > MAX_PERIODS) return null;
    for (const part of parts) {
      const match = PERIOD.exec(part);
      if (match === null) return null;
      const times = `${match[1]}:${match[2]}-${match[3]}:${match[4]}`;
      days.set(times, [...(days.get(times) ?? []), at + 1]);
    }
  }
  return [...days].map(([times, own]) => ({
    days: own,
    from: times.slice(0, 5),
    to: times.slice(6),
  }));
}

export function hourLines(weekly: ModeratedHours['weekly']): string[] {
  return [1, 2, 3, 4, 5, 6, 7].map((day) =>
    weekly
      .filter(({ days }) => days.includes(day))
      .map(({ from, to }) => `${from}-${to}`)
      .sort()
      .join(', '),
  );
}
