#!/usr/bin/env bash
# The table of look-alike characters also rewrites plain Latin letters.
. "$(dirname "$0")/lib.sh"

packages unhomoglyph@1.0.6
expected "plain English is unchanged; Cyrillic letters become the Latin ones they resemble"
seen "m becomes rn, I becomes l, 0 becomes O: plain words and domains change"

javascript <<'JS'
import unhomoglyph from 'unhomoglyph';

for (const text of ['morning', 'I am', '10', 'example.com', 'сор']) {
  console.log(`${text} -> ${unhomoglyph(text)}`);
}
JS

shows <<'OUT'
morning -> rnorning
I am -> l arn
10 -> lO
example.com -> exarnple.corn
сор -> cop
OUT
