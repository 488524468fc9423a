#!/usr/bin/env bash
# Query parameters with brackets in their names are not parsed as lists.
. "$(dirname "$0")/lib.sh"

packages express@5.3.0
expected "?tag[]=sleep&tag[]=work gives the list req.query.tag, as in Express 4"
seen "the name is 'tag[]', a string for one value and a list for two; nothing is nested"

javascript <<'JS'
import express from 'express';

const app = express();
app.get('/', (request, response) => response.json(request.query));
const server = app.listen(0, '127.0.0.1');
await new Promise((resolve) => { server.once('listening', resolve); });
const page = `http://127.0.0.1:${server.address().port}/`;
for (const query of ['tag[]=sleep', 'tag[]=sleep&tag[]=work', 'by[day]=1']) {
  console.log(query, '->', await (await fetch(`${page}?${query}`)).text());
}
server.close();
server.closeAllConnections();
JS

shows <<'OUT'
tag[]=sleep -> {"tag[]":"sleep"}
tag[]=sleep&tag[]=work -> {"tag[]":["sleep","work"]}
by[day]=1 -> {"by[day]":"1"}
OUT
