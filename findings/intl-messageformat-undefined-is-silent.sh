#!/usr/bin/env bash
# A value that is missing is an error; a value that is there and undefined is nothing.
. "$(dirname "$0")/lib.sh"

packages intl-messageformat@12.1.5
expected "both are refused, or both are left out"
seen "a missing key throws; undefined and null leave an empty place without a word"

javascript <<'JS'
import { IntlMessageFormat } from 'intl-messageformat';

const message = new IntlMessageFormat('{name} answered', 'en');
for (const values of [{}, { name: undefined }, { name: null }]) {
  try {
    console.log(JSON.stringify(message.format(values)));
  } catch (error) {
    console.log('throws', error.code);
  }
}
JS

shows <<'OUT'
throws MISSING_VALUE
" answered"
" answered"
OUT
