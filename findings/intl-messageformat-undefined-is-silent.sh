#!/usr/bin/env bash
# A missing argument is an error; an argument with the value undefined is not.
. "$(dirname "$0")/lib.sh"

packages intl-messageformat@12.1.5
expected "both are rejected, or both are left empty"
seen "a missing key throws; undefined and null silently produce an empty string"

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
