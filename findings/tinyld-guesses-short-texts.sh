#!/usr/bin/env bash
# A short English or Spanish sentence is detected as another language, without a warning.
. "$(dirname "$0")/lib.sh"

packages tinyld@1.3.4
expected "a short everyday sentence is detected correctly, or as unknown"
seen "it is assigned to a language that shares a few letters, with the same confidence as any"

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
