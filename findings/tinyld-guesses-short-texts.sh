#!/usr/bin/env bash
# A short English or Spanish sentence is found to be another language, with nothing to warn of it.
. "$(dirname "$0")/lib.sh"

packages tinyld@1.3.4
expected "a short everyday sentence is told right, or told to be unknown"
seen "it is given to a language that shares a few letters, and the answer is as firm as any"

javascript <<'JS'
import { detect } from 'tinyld';

for (const text of ['Im so tired', 'Nobody cares', 'I am sad', 'Gracias', 'Ok']) {
  console.log(`${text}: ${detect(text) || '(unknown)'}`);
}
JS

shows <<'OUT'
Im so tired: de
Nobody cares: pl
I am sad: ro
Gracias: eo
Ok: (unknown)
OUT
