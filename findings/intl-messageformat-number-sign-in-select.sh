#!/usr/bin/env bash
# The # sign stands for the number only directly inside its plural.
. "$(dirname "$0")/lib.sh"

packages intl-messageformat@12.1.5
expected "# is the number anywhere inside a plural"
seen "inside a select within the plural it is a literal #"

javascript <<'JS'
import { IntlMessageFormat } from 'intl-messageformat';

const print = (message) =>
  console.log(new IntlMessageFormat(message, 'es').format({ count: 3, who: 'f' }));
print('{count, plural, one {# amiga} other {# amigas}}');
print('{count, plural, other {{who, select, f {# amigas} other {# amigos}}}}');
print(`{who, select, f {{count, plural, other {# amigas}}}
  other {{count, plural, other {# amigos}}}}`);
JS

shows <<'OUT'
3 amigas
# amigas
3 amigas
OUT
