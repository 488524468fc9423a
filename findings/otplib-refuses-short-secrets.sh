#!/usr/bin/env bash
# The secret in most examples, and in many authenticators that were set up long ago, is refused.
. "$(dirname "$0")/lib.sh"

packages otplib@13.5.0
expected "a secret of 80 bits in Base32, sixteen letters, works as it did with otplib 12"
seen "fewer than 128 bits are refused: who moves to version 13 cannot check old enrolments"

javascript <<'JS'
import { generate } from 'otplib';

for (const secret of ['JBSWY3DPEHPK3PXP', 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP']) {
  const code = await generate({ secret, epoch: 1_800_000_000 }).catch((error) => error.message);
  console.log(`${secret.length * 5} bits: ${code}`);
}
JS

shows <<'OUT'
80 bits: Secret must be at least 16 bytes (128 bits), got 10 bytes
160 bits: 877905
OUT
