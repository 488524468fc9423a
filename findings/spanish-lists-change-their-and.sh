#!/usr/bin/env bash
# The Spanish word for "and" depends on the sound with which the next word begins.
. "$(dirname "$0")/lib.sh"

packages node@24.21.0
expected "Intl.ListFormat joins with 'y' and 'o', as a template would"
seen "it uses 'e' before an i sound and 'u' before an o sound, and knows that 'hie' is neither"

javascript <<'JS'
const list = (type, ...words) => console.log(new Intl.ListFormat('es', { type }).format(words));
list('conjunction', 'padres', 'amigos');
list('conjunction', 'padres', 'hijos');
list('conjunction', 'agua', 'hielo');
list('disjunction', 'siete', 'nueve');
list('disjunction', 'siete', 'ocho');
JS

shows <<'OUT'
padres y amigos
padres e hijos
agua y hielo
siete o nueve
siete u ocho
OUT
