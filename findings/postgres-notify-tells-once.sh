#!/usr/bin/env bash
# A notification sent three times in a transaction arrives once.
. "$(dirname "$0")/lib.sh"

packages pg@8.23.1
postgres_15
expected "each NOTIFY arrives, in the order in which it was sent: a b a a last"
seen "one with the channel and payload of an earlier one in the transaction is dropped"

javascript <<'JS'
import pg from 'pg';

const [listener, teller] = [new pg.Client(), new pg.Client()];
await Promise.all([listener.connect(), teller.connect()]);
const heard = [];
const last = new Promise((resolve) => {
  listener.on('notification', ({ payload }) => {
    heard.push(payload);
    if (payload === 'last') resolve();
  });
});
await listener.query('listen news');
await teller.query(`begin; notify news, 'a'; notify news, 'b'; notify news, 'a'; commit`);
await teller.query(`notify news, 'a'`);
await teller.query(`notify news, 'last'`);
await last;
console.log(heard.join(' '));
await Promise.all([listener.end(), teller.end()]);
JS

shows <<'OUT'
a b a last
OUT
