#!/usr/bin/env bash
# A log line can contain a key twice, and the second hides the first.
. "$(dirname "$0")/lib.sh"

packages pino@10.4.0
expected "a call's field replaces the logger's field of that name; level and msg are reserved for pino"
seen "both are in the line; a JSON parser keeps the last, even of level and msg"

javascript <<'JS'
import { pino } from 'pino';

let line = '';
const logger = pino({ base: null, timestamp: false }, { write: (text) => { line = text; } });
logger.child({ queue: 'mails' }).info({ queue: 'all', level: 'low' }, 'done');
console.log(line.trim());
console.log('read as', JSON.stringify(JSON.parse(line)));
JS

shows <<'OUT'
{"level":30,"queue":"mails","queue":"all","level":"low","msg":"done"}
read as {"level":"low","queue":"all","msg":"done"}
OUT
