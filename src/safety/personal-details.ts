import { NO_LIMIT, type Budget } from './budget.js';
import { addresses } from './details/addresses.js';
import { flatten } from './details/flat.js';
import type { Detail, DetailKind, Finder } from './details/finding.js';
import { handles } from './details/handles.js';
import { handlesNear } from './details/handles-near.js';
import { here } from './details/here.js';
import { invitations } from './details/invitations.js';
import { links } from './details/links.js';
import { mailAddresses } from './details/mail-addresses.js';
import { papers } from './details/papers.js';
import { people } from './details/people.js';
import { peoplePlaced } from './details/people-placed.js';
import { phones } from './details/phones.js';
import { whereabouts } from './details/whereabouts.js';
import { wordedDigits } from './details/worded-digits.js';

export type { Detail, DetailKind } from './details/finding.js';

const FINDERS: readonly Finder[] = [
  mailAddresses,
  links,
  papers,
  addresses,
  phones,
  wordedDigits,
  whereabouts,
  here,
  invitations,
  people,
  peoplePlaced,
  handles,
  handlesNear,
];

/**
 * What in a text tells who or where somebody is, in the order of the text; where two rules see the
 * same place the one that reads more of it counts. Numbers of helplines and emergencies are never
 * among it. Work grows with the length of the text alone.
 * @param budget asked before each kind of detail
 * @throws OutOfTime
 */
export function findPersonalDetails(text: string, budget: Budget = NO_LIMIT): Detail[] {
  const flat = flatten(text);
  const found = FINDERS.flatMap((finder, order) => {
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
 * A name, a place right now, somebody else's details: these are for nobody but a moderator to let
 * through.
 */
export function concernsOthers(detail: Detail): boolean {
  return detail.of === 'other' || detail.kind === 'whereabouts';
}

/**
 * The text with something neutral in the place of each. @param placeholder as the reader's language
 * has it
 */
export function withoutDetails(
  text: string,
  placeholder: (kind: DetailKind) => string = (kind) => `[${kind.replace('-', ' ')} left out]`,
): string {
  let done = '';
  let at = 0;
  for (const {
    kind,
    span: [from, to],
  } of findPersonalDetails(text)) {
    done += text.slice(at, from) + placeholder(kind);
    at = to;
  }
  return done + text.slice(at);
}

function trimmed(text: string, from: number, to: number): readonly [number, number] {
  const part = text.slice(from, to);
  return [
    from + (part.length - part.trimStart().length),
    to - (part.length - part.trimEnd().length),
  ];
}
