#!/usr/bin/env bash
# The secrets in most examples, and in many authenticators set up long ago, are rejected.
. "$(dirname "$0")/lib.sh"

packages otplib@13.5.0
expected "an 80-bit secret, sixteen Base32 characters, works as it did with otplib 12"
seen "fewer than 128 bits are rejected; old enrolments need guardrails of their own"

javascript <<'JS'
import { createGuardrails, generate } from 'otplib';

const code = (secret, options = {}) =>
  generate({ secret, epoch: 1_800_000_000, ...options }).catch((error) => error.message);
const short = 'JBSWY3DPEHPK3PXP';
const guardrails = createGuardrails({ MIN_SECRET_BYTES: 10 });
console.log('80 bits:', await code(short));
console.log('80 bits, allowed:', await code(short, { guardrails }));
console.log('160 bits:', await code(short + short));
JS

shows <<'OUT'
80 bits: Secret must be at least 16 bytes (128 bits), got 10 bytes
80 bits, allowed: 309848
160 bits: 877905
OUT
