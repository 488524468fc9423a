import { NO_LIMIT, type Budget } from '../kernel/time-budget.js';
import { addresses } from './detectors/addresses.js';
import { normalizeText } from './detectors/normalized-text.js';
import type { Detail, Detector } from './detectors/detection.js';
import { handles } from './detectors/handles.js';
import { handlesNearSite } from './detectors/handles-near-site.js';
import { currentLocation } from './detectors/current-location.js';
import { invitations } from './detectors/invitations.js';
import { links } from './detectors/links.js';
import { mailAddresses } from './detectors/mail-addresses.js';
import { identityNumbers } from './detectors/identity-numbers.js';
import { ownNames } from './detectors/own-names.js';
import { people } from './detectors/people.js';
import { peopleWithPlace } from './detectors/people-with-place.js';
import { phones } from './detectors/phones.js';
import { whereabouts } from './detectors/whereabouts.js';
import { wordedDigits } from './detectors/worded-digits.js';

export type { Detail, DetailKind } from './detectors/detection.js';

/** Detectors of email addresses, phone numbers and postal addresses, and of their look-alikes. */
const CONTACT_FINDERS: readonly Detector[] = [
  mailAddresses,
  links,
  identityNumbers,
  addresses,
  phones,
  wordedDigits,
];

const FINDERS: readonly Detector[] = [
  ...CONTACT_FINDERS,
  whereabouts,
  currentLocation,
  invitations,
  people,
  ownNames,
  peopleWithPlace,
  handles,
  handlesNearSite,
];

/**
 * Finds what reveals who or where somebody is, in text order. If two rules match the same place,
 * the longer match wins. Numbers of helplines and emergency services are never included. Takes time
 * linear in the length of the text.
 * @param budget checked before each kind of detail
 * @throws OutOfTime
 */
export function findPersonalDetails(text: string, budget: Budget = NO_LIMIT): Detail[] {
  return findBy(FINDERS, text, budget);
}

/**
 * Finds only contact details, for callers that do not need names and places: a third of the work.
 */
export function findContacts(text: string): Detail[] {
  return findBy(CONTACT_FINDERS, text, NO_LIMIT);
}

function findBy(finders: readonly Detector[], text: string, budget: Budget): Detail[] {
  const flat = normalizeText(text);
  const found = finders.flatMap((finder, order) => {
    budget.check();
    return finder(flat).map((detail) => ({ ...detail, order }));
  });
  found.sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1] || a.order - b.order);
  const kept: Detail[] = [];
  let end = 0;
  for (const {
    kind,
    span: [from, to],
    why,
    of,
  } of found) {
    if (from < end) continue;
    end = to;
    kept.push({
      kind,
      span: trimmed(text, flat.at[from] ?? 0, flat.at[to] ?? text.length),
      why,
      of,
    });
  }
  return kept;
}

/**
 * Whether only a moderator may publish it: a name, a current location, or somebody else's details.
 */
export function isAboutOthers(detail: Detail): boolean {
  return detail.of === 'other' || detail.kind === 'whereabouts';
}

function trimmed(text: string, from: number, to: number): readonly [number, number] {
  const part = text.slice(from, to);
  return [
    from + (part.length - part.trimStart().length),
    to - (part.length - part.trimEnd().length),
  ];
}
