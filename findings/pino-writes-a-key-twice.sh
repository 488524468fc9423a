#!/usr/bin/env bash
# A line of the log can name a field twice, and the second hides the first.
. "$(dirname "$0")/lib.sh"

packages pino@10.4.0
expected "a field of a call replaces the logger's own of that name; level and msg are pino's"
seen "both are written into one line; a reader of JSON takes the last, of level and msg as well"

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
