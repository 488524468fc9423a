#!/usr/bin/env bash
# How an undefined label is exported depends on which call came first.
. "$(dirname "$0")/lib.sh"

packages prom-client@15.1.3
expected "an undefined label counts as one that was not given, or always as the string"
seen "both are one series, named as in the first of the two calls: bare, or queue=\"undefined\""

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
