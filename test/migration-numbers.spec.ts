import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { migrationTimes } from '../src/kernel/database.js';

/** The newest migration of release 0.1; numbers up to it were assigned by hand. */
const LAST_OF_RELEASE = 1_764_000_090_000;

describe('the number of a migration', () => {
  /** The current time, or that of the newest commit if the clock is behind it. */
  function latest(): number {
    try {
      const seconds = execFileSync('git', ['log', '-1', '--format=%ct'], { encoding: 'utf8' });
      return Math.max(Date.now(), Number(seconds) * 1_000);
    } catch {
      return Date.now();
    }
  }

  /** Why a number cannot be a migration's creation time; null if it can. */
  function fault(time: number, now: number): string | null {
    if (time <= 1_795_000_000_000) return 'is before the release: `date +%s%3N` gives the present';
    if (time > now) return 'lies in the future';
    if (time % 60_000 === 0) return 'is a whole minute, which nobody hits: `date +%s%3N` again';
    return null;
  }

  it('is the time of its creation, since release 0.1', () => {
    const since = migrationTimes()
      .map(Number)
      .filter((time) => time > LAST_OF_RELEASE);
    expect(since.length).toBeGreaterThan(4);
    const now = latest();
    expect(since.map((time) => [time, fault(time, now)])).toEqual(
      since.map((time) => [time, null]),
    );
  });

  it.each([
    [1_764_000_100_000, 'is before'],
    [1_795_900_000_001, 'lies in the future'],
    [1_795_852_800_000, 'is a whole minute'],
  ])('%i is refused', (time, why) => {
    expect(fault(time, 1_795_899_999_999)).toContain(why);
  });
});
