#!/usr/bin/env bash
# Punycode in an address is decoded where it begins the domain, and left below a sub-domain.
. "$(dirname "$0")/lib.sh"

packages mailparser@3.14.2
expected "a domain comes out in Punycode, or in letters, wherever in it the Punycode stands"
seen "in letters where the first label is Punycode, in Punycode where a later one is"

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
