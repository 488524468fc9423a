#!/usr/bin/env bash
# In Spain, the thousands separator begins at ten thousand.
. "$(dirname "$0")/lib.sh"

packages node@24.21.0
expected "1234 is written 1.234 in Spanish"
seen "1234 without a separator and 12.345 with one; Mexico writes 1,234"

javascript <<'JS'
for (const locale of ['es', 'es-ES', 'es-MX']) {
  const format = (options) => new Intl.NumberFormat(locale, options);
  const { locale: used } = format().resolvedOptions();
  console.log(used, format().format(1234), format().format(12345),
    format({ useGrouping: 'always' }).format(1234));
}
JS

shows <<'OUT'
es 1234 12.345 1.234
es-ES 1234 12.345 1.234
es-MX 1,234 12,345 1,234
OUT
