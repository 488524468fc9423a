#!/usr/bin/env bash
# What a label without a value is called depends on which line of the program ran first.
. "$(dirname "$0")/lib.sh"

packages prom-client@15.1.3
expected "a label that is undefined counts as one that is not given, or always as the text"
seen "both count as one series, named as the first of the two was: bare, or queue=\"undefined\""

javascript <<'JS'
import { Counter, Registry } from 'prom-client';

for (const calls of [[{}, { queue: undefined }], [{ queue: undefined }, {}]]) {
  const registers = [new Registry()];
  const jobs = new Counter({ name: 'jobs_total', help: 'Jobs.', labelNames: ['queue'], registers });
  for (const labels of calls) jobs.inc(labels);
  console.log((await registers[0].metrics()).match(/^jobs.*$/gm).join(' '));
}
JS

shows <<'OUT'
jobs_total 2
jobs_total{queue="undefined"} 2
OUT
