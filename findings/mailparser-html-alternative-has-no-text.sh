#!/usr/bin/env bash
# HTML that is alone in a multipart has no text, beside another text it has one, unless it is an alternative.
. "$(dirname "$0")/lib.sh"

packages mailparser@3.14.2
expected "text holds the words of HTML wherever there is no plain text in its place"
seen "only of HTML that is the whole mail, or stands beside a text and is no alternative"

javascript <<'JS'
import { simpleParser } from 'mailparser';

const html = ['Content-Type: text/html', '', '<p>Words.</p>'];
const text = (words) => ['Content-Type: text/plain', '', words];
const multi = (kind, boundary, ...parts) => [
  `Content-Type: multipart/${kind}; boundary=${boundary}`, '',
  ...parts.flatMap((part) => [`--${boundary}`, ...part]), `--${boundary}--`,
];
const read = async (what, mail) => {
  const parsed = await simpleParser(['From: ann@example.org', ...mail, ''].join('\r\n'));
  console.log(what, JSON.stringify(parsed.text?.trim()));
};
await read('HTML as the mail:', html);
await read('alone in a multipart:', multi('mixed', 'a', html));
await read('beside a footer:', multi('mixed', 'a', html, text('Footer.')));
await read('an alternative to an empty text:', multi('alternative', 'a', text(''), html));
await read('the same, beside a footer:',
  multi('mixed', 'a', multi('alternative', 'b', text(''), html), text('Footer.')));
JS

shows <<'OUT'
HTML as the mail: "Words."
alone in a multipart: undefined
beside a footer: "Words.\nFooter."
an alternative to an empty text: ""
the same, beside a footer: "Footer."
OUT
