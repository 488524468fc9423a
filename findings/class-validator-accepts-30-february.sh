#!/usr/bin/env bash
# A date that does not exist passes validation.
. "$(dirname "$0")/lib.sh"

packages class-validator@0.15.1
expected "isDateString rejects 30 February"
seen "it checks the format only, unless { strict: true } is set; 2026-W01 is a date as well"

javascript <<'JS'
import { isDateString } from 'class-validator';

for (const text of ['2026-02-28', '2026-02-30', '2026-13-01', '2026-W01', '2026-2-3']) {
  console.log(text, isDateString(text), 'strict', isDateString(text, { strict: true }));
}
JS

shows <<'OUT'
2026-02-28 true strict true
2026-02-30 true strict false
2026-13-01 false strict false
2026-W01 true strict true
2026-2-3 false strict false
OUT
