#!/usr/bin/env bash
# An ambiguous time in the hour that repeats in autumn is resolved by the current date.
. "$(dirname "$0")/lib.sh"

packages luxon@3.7.2
expected "01:30 on the night the clocks go back is always the first of the two, or the second"
seen "resolved in summer it is summer time, in winter it is winter time: the same text"

javascript <<'JS'
import { DateTime, Settings } from 'luxon';

for (const today of ['2026-07-01T12:00Z', '2026-12-01T12:00Z']) {
  Settings.now = () => Date.parse(today);
  const read = DateTime.fromISO('2026-10-25T01:30', { zone: 'Europe/London' });
  console.log(`asked on ${today.slice(0, 10)}:`, read.toISO({ suppressSeconds: true }));
}
JS

shows <<'OUT'
asked on 2026-07-01: 2026-10-25T01:30+01:00
asked on 2026-12-01: 2026-10-25T01:30+00:00
OUT
