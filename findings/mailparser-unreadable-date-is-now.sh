#!/usr/bin/env bash
# An invalid Date header becomes the current time.
. "$(dirname "$0")/lib.sh"

packages mailparser@3.14.2
expected "an invalid Date gives no date, just as a missing one does"
seen "a missing Date gives undefined; an invalid one gives the current time"

javascript <<'JS'
import { simpleParser } from 'mailparser';

const date = async (...lines) =>
  (await simpleParser(['From: ann@example.org', ...lines, '', 'Hello'].join('\r\n'))).date;
const aboutNow = (date) => Math.abs(date.getTime() - Date.now()) < 60_000;
console.log('missing:', await date());
console.log('readable:', (await date('Date: Fri, 2 Jan 2026 10:00:00 +0000')).toISOString());
const unreadable = await date('Date: 2 de enero de 2026, 10:00');
console.log('unreadable:', aboutNow(unreadable) ? 'the present moment' : unreadable);
JS

shows <<'OUT'
missing: undefined
readable: 2026-01-02T10:00:00.000Z
unreadable: the present moment
OUT
