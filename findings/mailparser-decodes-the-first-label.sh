#!/usr/bin/env bash
# Punycode is decoded in the first label of a domain, and left encoded in the others.
. "$(dirname "$0")/lib.sh"

packages mailparser@3.14.2
expected "a domain is returned in Punycode, or decoded, whichever label is encoded"
seen "decoded if the first label is Punycode, in Punycode if a later one is"

javascript <<'JS'
import { simpleParser } from 'mailparser';

const mail = await simpleParser(
  ['From: a@xn--bcher-kva.example', 'To: a@post.xn--bcher-kva.example', '', 'Words.', ''].join('\r\n'),
);
console.log(mail.from.value[0].address, mail.to.value[0].address);
JS

shows <<'OUT'
a@bücher.example a@post.xn--bcher-kva.example
OUT
