#!/usr/bin/env bash
# The table of look-alike letters also rewrites letters that imitate nothing.
. "$(dirname "$0")/lib.sh"

packages unhomoglyph@1.0.6
expected "plain English stays as it is; Cyrillic letters become the Latin ones that they look like"
seen "m becomes rn, I becomes l, 0 becomes O: plain words change, and domains with them"

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
