#!/usr/bin/env bash
# A challenge stored as Base64URL is encoded a second time.
. "$(dirname "$0")/lib.sh"

packages @simplewebauthn/server@14.0.3 node@24.21.0
expected "a challenge passed as a string is the challenge, as in the options"
seen "a string is treated as plain text and encoded; only bytes give the same challenge again"

javascript <<'JS'
import { generateAuthenticationOptions } from '@simplewebauthn/server';

const kept = 'c2FtZWJvYXQtY2hhbGxlbmdl';
const challenge = async (given) =>
  (await generateAuthenticationOptions({ rpID: 'example.org', challenge: given })).challenge;
console.log('kept   ', kept);
console.log('string ', await challenge(kept));
console.log('bytes  ', await challenge(new Uint8Array(Buffer.from(kept, 'base64url'))));
JS

shows <<'OUT'
kept    c2FtZWJvYXQtY2hhbGxlbmdl
string  YzJGdFpXSnZZWFF0WTJoaGJHeGxibWRs
bytes   c2FtZWJvYXQtY2hhbGxlbmdl
OUT
