import pg from 'pg';

const parsed = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date;

/** Length of `2026-03-01 09:30:05`; the fraction of the second comes next. */
const SECONDS = 19;

/**
 * Parses a timestamp exactly as the driver does, but several times faster if it is in UTC, as on a
 * server whose time zone is UTC. A page parses about a hundred of them.
 */
export function timestampOf(text: string): Date {
  // Years from 10000 on have five digits, and BC dates end differently.
  if (text.charCodeAt(4) !== DASH || !text.endsWith('+00')) return parsed(text);
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  if (year < 100) return parsed(text);
  return new Date(
    Date.UTC(
      year,
      twoDigits(text, 5) - 1,
      twoDigits(text, 8),
      twoDigits(text, 11),
      twoDigits(text, 14),
      twoDigits(text, 17),
      // Computed as in the driver, so that both ways give the same instant.
      text.length > SECONDS + 3 ? 1_000 * parseFloat(text.slice(SECONDS, -3)) : 0,
    ),
  );
}

const DASH = 45;
const ZERO = 48;

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;
}
