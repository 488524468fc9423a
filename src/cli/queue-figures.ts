import { DAY, MINUTE } from '../kernel/clock.js';
import { HARD_EVENING, QUIET_DAY } from '../bench/queue-loads.js';
import { randomLoad, recordedLoad, simulate, type Outcome } from '../bench/queue-simulator.js';

const WEEK = 7 * DAY;

function lines(name: string, moderators: number, outcome: Outcome): string[] {
  return Object.entries(outcome.tiers).map(([tier, one]) =>
    [
      name.padEnd(28),
      String(moderators).padStart(4),
      outcome.load.toFixed(2).padStart(6),
      tier.padEnd(8),
      minutes(one.median),
      minutes(one.p95),
      minutes(one.target),
      percent(one.shareIn),
      percent(one.shareRead),
    ].join('  '),
  );
}

const minutes = (time: number): string => (time / MINUTE).toFixed(0).padStart(8);
const percent = (part: number): string => `${(part * 100).toFixed(1)} %`.padStart(8);

// Prints the simulated waiting times of each tier. The test suite asserts the same figures against
// their targets.
const head = [
  'load'.padEnd(28),
  'mods',
  '  busy',
  'tier    ',
  '  median',
  '     p95',
  '  target',
  '      in',
  '    read',
].join('  ');
const rows = [
  ...lines('a quiet day, for a week', 1, simulate(recordedLoad(QUIET_DAY, 7), 1, WEEK)),
  ...lines('a hard evening, for a week', 2, simulate(recordedLoad(HARD_EVENING, 7), 2, WEEK)),
  ...[2, 5, 9].flatMap((urgent) =>
    lines(
      `by lot, ${urgent} urgent an hour`,
      2,
      simulate(
        randomLoad(1, { crisis: 0.3, urgent, watch: 4, unknown: 0.5, none: 5 }, WEEK),
        2,
        WEEK,
      ),
    ),
  ),
  ...[6, 12].flatMap((urgent) =>
    lines(
      `too much, ${urgent} urgent an hour`,
      1,
      simulate(randomLoad(1, { crisis: 0.3, urgent, watch: 4, none: 5 }, WEEK), 1, WEEK),
    ),
  ),
];
process.stdout.write(
  `Time until a moderator starts, in minutes, over a week\n${[head, ...rows].join('\n')}\n`,
);
