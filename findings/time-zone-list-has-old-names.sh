#!/usr/bin/env bash
# The runtime's list of time zones contains outdated names and no UTC.
. "$(dirname "$0")/lib.sh"

packages node@24.21.0
expected "Intl.supportedValuesOf('timeZone') contains UTC and the current IANA names"
seen "it contains neither UTC nor Europe/Kyiv, but Europe/Kiev; all of them are accepted"

javascript <<'JS'
const listed = new Set(Intl.supportedValuesOf('timeZone'));
for (const timeZone of ['Europe/London', 'UTC', 'Europe/Kyiv', 'Europe/Kiev', 'Asia/Kolkata']) {
  const { timeZone: told } = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions();
  console.log(timeZone, listed.has(timeZone) ? 'listed' : 'not listed', `resolves to ${told}`);
}
JS

shows <<'OUT'
Europe/London listed resolves to Europe/London
UTC not listed resolves to UTC
Europe/Kyiv not listed resolves to Europe/Kiev
Europe/Kiev listed resolves to Europe/Kiev
Asia/Kolkata not listed resolves to Asia/Calcutta
OUT
