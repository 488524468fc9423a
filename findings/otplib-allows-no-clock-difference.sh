#!/usr/bin/env bash
# A code from a phone whose clock is half a minute behind is rejected.
. "$(dirname "$0")/lib.sh"

packages otplib@13.5.0
expected "the code of the previous time step is accepted as well, as RFC 6238 recommends"
seen "only the current step's; epochTolerance has to be set, in seconds"

javascript <<'JS'
import { generate, verify } from 'otplib';

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const step = 1_800_000_000;
const token = await generate({ secret, epoch: step });
for (const [after, options] of [[29, {}], [30, {}], [30, { epochTolerance: 30 }]]) {
  const { valid } = await verify({ secret, token, epoch: step + after, ...options });
  console.log(`${after} s later`, JSON.stringify(options), valid);
}
JS

shows <<'OUT'
29 s later {} true
30 s later {} false
30 s later {"epochTolerance":30} true
OUT
