#!/usr/bin/env bash
# Server-sent events are compressed, and buffered until the stream ends.
. "$(dirname "$0")/lib.sh"

packages express@5.3.0 compression@1.8.2
expected "text/event-stream is not compressed, or every write is sent at once"
seen "it is compressed and buffered until flush() or the end; Cache-Control: no-transform prevents that"

javascript <<'JS'
import { setTimeout as wait } from 'node:timers/promises';
import express from 'express';
import compression from 'compression';

const app = express();
app.use(compression());
let open;
app.get('/', (request, response) => {
  open = response;
  response.set('Content-Type', 'text/event-stream');
  if (request.query.way === 'no-transform') response.set('Cache-Control', 'no-transform');
  response.write('data: first\n\n');
  if (request.query.way === 'flush') response.flush();
});
const server = app.listen(0, '127.0.0.1');
await new Promise((resolve) => { server.once('listening', resolve); });
for (const way of ['plain', 'flush', 'no-transform']) {
  const response = await fetch(`http://127.0.0.1:${server.address().port}/?way=${way}`);
  const coding = response.headers.get('content-encoding') ?? 'not compressed';
  const reader = response.body.getReader();
  const first = reader.read().then(() => 'the first event came at once');
  const late = wait(500, 'nothing came in half a second');
  console.log(`${way}: ${coding}, ${await Promise.race([first, late])}`);
  open.end();
}
server.close();
server.closeAllConnections();
JS

shows <<'OUT'
plain: gzip, nothing came in half a second
flush: gzip, the first event came at once
no-transform: not compressed, the first event came at once
OUT
