#!/usr/bin/env bash
# HTML nested deeper than a thousand levels is returned as empty text, without an error.
. "$(dirname "$0")/lib.sh"

packages mailparser@3.14.2
expected "the text of the HTML, or an error from simpleParser"
seen "an empty text; the reason is in textConversionError, which is easily overlooked"

javascript <<'JS'
import { simpleParser } from 'mailparser';

const read = async (depth) => {
  const html = `${'<div>'.repeat(depth)}Words.${'</div>'.repeat(depth)}`;
  const { text } = await simpleParser(`Content-Type: text/html\r\n\r\n${html}\r\n`);
  return JSON.stringify(text?.trim());
};
console.log('1000 levels:', await read(1_000));
console.log('1001 levels:', await read(1_001));
JS

shows <<'OUT'
1000 levels: "Words."
1001 levels: ""
OUT
