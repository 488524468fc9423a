#!/usr/bin/env bash
# The phone numbers of helplines are not valid phone numbers.
. "$(dirname "$0")/lib.sh"

packages libphonenumber-js@1.13.16
expected "116 123, 112 and a text line's 85258 are valid numbers of their countries"
seen "short numbers are neither valid nor possible, and are not found in a text"

javascript <<'JS'
import { findPhoneNumbersInText, parsePhoneNumberFromString } from 'libphonenumber-js/max';

const numbers = [['0800 1111', 'GB'], ['116 123', 'GB'], ['112', 'ES'], ['85258', 'US']];
for (const [text, country] of numbers) {
  const number = parsePhoneNumberFromString(text, country);
  console.log(`${text} (${country}) valid ${number.isValid()}, possible ${number.isPossible()}`);
}
const found = findPhoneNumbersInText('Ring 116 123 or 0800 1111.', 'GB');
console.log('found', found.map(({ number }) => number.number).join(', '));
JS

shows <<'OUT'
0800 1111 (GB) valid true, possible true
116 123 (GB) valid false, possible false
112 (ES) valid false, possible false
85258 (US) valid false, possible false
found +448001111
OUT
