#!/usr/bin/env bash
# Of two From headers only one is returned, without any indication of the other.
. "$(dirname "$0")/lib.sh"

packages mailparser@3.14.2
expected "two From headers give two senders, or an error (RFC 5322, 3.6 allows one)"
seen "from contains one of them; only headerLines shows both"

javascript <<'JS'
import { simpleParser } from 'mailparser';

const mail = await simpleParser(
  ['From: Ann <ann@example.org>', 'From: Eve <eve@example.org>', 'Subject: Hello', '', 'Words.', ''].join('\r\n'),
);
console.log('from:', mail.from.value.map(({ address }) => address).join(' '));
console.log('headers:', mail.headers.get('from').value.map(({ address }) => address).join(' '));
console.log('lines:', mail.headerLines.filter(({ key }) => key === 'from').length);
JS

shows <<'OUT'
from: ann@example.org
headers: ann@example.org
lines: 2
OUT
