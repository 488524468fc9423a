#!/usr/bin/env bash
# A text file that an email client attaches inline becomes part of the text.
. "$(dirname "$0")/lib.sh"

packages mailparser@3.14.2
expected "a part with a file name is an attachment, and the text is what the person typed"
seen "an inline text part is appended to the text, with or without a file name, and is no attachment"

javascript <<'JS'
import { simpleParser } from 'mailparser';

const read = async (disposition) => {
  const { text, attachments } = await simpleParser([
    'From: ann@example.org',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=part',
    '',
    '--part',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'What I typed.',
    '--part',
    'Content-Type: text/plain; charset=utf-8; name=diary.txt',
    `Content-Disposition: ${disposition}; filename=diary.txt`,
    '',
    'What the file holds.',
    '--part--',
    '',
  ].join('\r\n'));
  return JSON.stringify({ text, attachments: attachments.map((one) => one.filename) });
};
console.log('inline', await read('inline'));
console.log('attachment', await read('attachment'));
JS

shows <<'OUT'
inline {"text":"What I typed.\nWhat the file holds.","attachments":[]}
attachment {"text":"What I typed.","attachments":["diary.txt"]}
OUT
