#!/usr/bin/env bash
# Spanish has a third plural category, for round millions only.
. "$(dirname "$0")/lib.sh"

packages intl-messageformat@12.1.5 node@24.21.0
expected "Spanish needs two forms, one and other, just as English does"
seen "1,000,000 and 2,000,000 are 'many' (un millón de); 1,200,000 is 'other' again"

javascript <<'JS'
import { IntlMessageFormat } from 'intl-messageformat';

const two = new IntlMessageFormat('{n, plural, one {# mensaje} other {# mensajes}}', 'es');
const three = new IntlMessageFormat(
  '{n, plural, one {# mensaje} many {# de mensajes} other {# mensajes}}', 'es',
);
for (const n of [1, 2, 1_000_000, 1_200_000, 2_000_000]) {
  const category = new Intl.PluralRules('es').select(n);
  console.log([category, two.format({ n }), three.format({ n })].join(' | '));
}
JS

shows <<'OUT'
one | 1 mensaje | 1 mensaje
other | 2 mensajes | 2 mensajes
many | 1.000.000 mensajes | 1.000.000 de mensajes
other | 1.200.000 mensajes | 1.200.000 mensajes
many | 2.000.000 mensajes | 2.000.000 de mensajes
OUT
