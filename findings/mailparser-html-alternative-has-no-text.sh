#!/usr/bin/env bash
# HTML without a plain text is converted to text, unless it is an alternative or alone in a multipart.
. "$(dirname "$0")/lib.sh"

packages mailparser@3.14.2
expected "text contains the text of the HTML wherever no plain text replaces it"
seen "only if HTML is the whole email, or accompanies a text without being an alternative"

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
