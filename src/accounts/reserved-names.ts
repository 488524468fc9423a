import { readFileSync } from 'node:fs';
import { helplineNames, helplinesRevision } from '../helplines/helplines.js';
import { skeleton } from '../kernel/skeleton.js';

/** `reserved-names.json`: what nobody may be called who signs up. */
interface ReservedNames {
  /** As the whole name only: too common to refuse inside another name. */
  whole: string[];
  /** Roles, as any part of a name. */
  parts: string[];
  /** As the first part. */
  titles: string[];
  /** As any part. */
  professions: string[];
  /** Refused where nothing but these and roles make up a name: "crisisteam". */
  besideOthers: string[];
  /** Wherever the letters stand: no ordinary name holds them. */
  anywhere: string[];
}

const data = JSON.parse(
  readFileSync(new URL('./reserved-names.json', import.meta.url), 'utf8'),
) as ReservedNames;
const skeletons = (names: readonly string[]): Set<string> => new Set(names.map(skeleton));

const PARTS = skeletons([...data.parts, ...data.professions]);
const TITLES = skeletons(data.titles);
const BESIDE = skeletons(data.besideOthers);
const WHOLE = skeletons(data.whole);
const ANYWHERE = skeletons(data.anywhere);
/** Shorter names of helplines are words that people use: "Shout", "Pieta". */
const SHORTEST_INSIDE = 8;

interface HelplineSkeletons {
  readonly revision: number;
  readonly whole: ReadonlySet<string>;
  /** Those that are refused also inside another name. */
  readonly inside: readonly string[];
}

let computed: HelplineSkeletons | null = null;

/** Computed anew whenever administrators changed the helplines. */
function helplineSkeletons(): HelplineSkeletons {
  const revision = helplinesRevision();
  if (computed?.revision === revision) return computed;
  const whole = skeletons(helplineNames());
  const inside = [...whole].filter((name) => name.length >= SHORTEST_INSIDE);
  computed = { revision, whole, inside };
  return computed;
}

/** The parts of a name: between separators, and where a capital begins a word ("CrisisTeam"). */
function partsOf(handle: string): string[] {
  const separated = handle.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
  const cased = separated.flatMap((part) => part.split(/(?<=[a-z0-9])(?=[A-Z])/));
  return [...new Set([...cased, ...separated])];
}

/** With and without the number that people put before or behind a word: "mod2". */
function isPart(part: string, reserved: ReadonlySet<string>): boolean {
  return [part, part.replace(/^\d+|\d+$/g, '')].some((each) => reserved.has(skeleton(each)));
}

/** Whether the letters are roles and such words with nothing left over, one role among them. */
function isMadeOfRoles(letters: string): boolean {
  const from = new Map<number, boolean>([[0, false]]);
  for (let at = 0; at < letters.length; at += 1) {
    const role = from.get(at);
    if (role === undefined) continue;
    for (const word of [...PARTS, ...BESIDE]) {
      if (!letters.startsWith(word, at)) continue;
      const end = at + word.length;
      from.set(end, from.get(end) === true || role || PARTS.has(word));
    }
  }
  return from.get(letters.length) === true;
}

/**
 * Whether a name would pass for the site, its staff, a helpline or a clinician. Names are compared
 * by skeleton, so that no digit, separator or look-alike letter gets past. Only for names that are
 * new: who has such a name keeps it.
 */
export function isReserved(handle: string): boolean {
  const letters = skeleton(handle);
  const unnumbered = skeleton(handle.replace(/\d+$/, ''));
  const parts = partsOf(handle);
  const helplines = helplineSkeletons();
  return (
    [letters, unnumbered].some((name) => WHOLE.has(name) || helplines.whole.has(name)) ||
    parts.some((part) => isPart(part, PARTS)) ||
    isPart(parts[0] ?? '', TITLES) ||
    isMadeOfRoles(letters) ||
    isMadeOfRoles(unnumbered) ||
    [...ANYWHERE, ...helplines.inside].some((name) => letters.includes(name))
  );
}
