#!/usr/bin/env bash
# The headers of a mailing list cannot be read under their own names.
. "$(dirname "$0")/lib.sh"

packages mailparser@3.14.2
expected "headers.get('list-id') returns List-Id, and likewise for the other List-* headers"
seen "no header has that name: all List-* headers are properties of one object under the key 'list'"

javascript <<'JS'
import { simpleParser } from 'mailparser';

const mail = await simpleParser([
  'From: Helpers <helpers@example.org>',
  'To: ann@example.org',
  'List-Id: Helpers <helpers.example.org>',
  'List-Unsubscribe: <https://example.org/leave>',
  '',
  'Hello',
].join('\r\n'));
for (const name of ['list-id', 'list-unsubscribe', 'list']) {
  console.log(name, mail.headers.get(name));
}
JS

shows <<'OUT'
list-id undefined
list-unsubscribe undefined
list {
  id: { name: 'Helpers', id: 'helpers.example.org' },
  unsubscribe: { url: 'https://example.org/leave' }
}
OUT
