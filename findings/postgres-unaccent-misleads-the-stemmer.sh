#!/usr/bin/env bash
# Removing accents before the Spanish stemmer separates a verb from its own forms.
. "$(dirname "$0")/lib.sh"

postgres_15
expected "unaccent before spanish_stem only lets people leave out accents"
seen "the stemmer recognises endings by their accents: some forms no longer match their verb"

sql <<'SQL'
create extension unaccent;
create text search configuration es (copy = spanish);
alter text search configuration es alter mapping for hword, hword_part, word
  with unaccent, spanish_stem;
select form, verb, to_tsvector('spanish', form) @@ to_tsquery('spanish', verb) as accents_kept,
  to_tsvector('es', form) @@ to_tsquery('es', verb) as accents_off
from (values ('llamaría', 'llamar'), ('habló', 'hablar'), ('dormía', 'dormir')) x (form, verb);
SQL

shows <<'OUT'
CREATE EXTENSION
CREATE TEXT SEARCH CONFIGURATION
ALTER TEXT SEARCH CONFIGURATION
llamaría|llamar|t|f
habló|hablar|t|t
dormía|dormir|t|f
OUT
