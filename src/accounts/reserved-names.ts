import { readFileSync } from 'node:fs';
import { helplineNames, helplinesRevision } from '../helplines/helplines.js';
import { skeleton as namesSkeleton } from '../kernel/skeleton.js';

/** `reserved-names.json`: names that nobody may sign up with. */
interface ReservedNames {
  /** Rejected only as the whole name: too common to reject inside another name. */
  whole: string[];
  /** Roles, rejected as any part of a name. */
  parts: string[];
  /** Rejected as the first part. */
  titles: string[];
  /** Rejected as any part. */
  professions: string[];
  /** Rejected if a name consists only of these and roles: "crisisteam". */
  besideOthers: string[];
  /** Rejected beside a name that is rejected as a whole: "mind-uk". */
  countries: string[];
  /** Rejected as any substring: no ordinary name contains them. */
  anywhere: string[];
}

const data = JSON.parse(
  readFileSync(new URL('./reserved-names.json', import.meta.url), 'utf8'),
) as ReservedNames;
// "cl" can pass for "d" in a role. Between members that would reject too many names that differ.
const skeleton = (name: string): string => namesSkeleton(name).replace(/cl/g, 'd');
const skeletons = (names: readonly string[]): Set<string> => new Set(names.map(skeleton));

const PARTS = skeletons([...data.parts, ...data.professions]);
const TITLES = skeletons(data.titles);
const BESIDE = skeletons(data.besideOthers);
const WHOLE = skeletons(data.whole);
const COUNTRIES = skeletons(data.countries);
const ANYWHERE = skeletons(data.anywhere);
/** Shorter names of helplines are common words: "Shout", "Pieta". */
const MIN_SUBSTRING_LENGTH = 8;

interface HelplineSkeletons {
  readonly revision: number;
  readonly whole: ReadonlySet<string>;
  /** Names that are also rejected inside another name. */
  readonly inside: readonly string[];
}

let computed: HelplineSkeletons | null = null;

/** Recomputed whenever administrators changed the helplines. */
function helplineSkeletons(): HelplineSkeletons {
  const revision = helplinesRevision();
  if (computed?.revision === revision) return computed;
  const whole = skeletons(helplineNames());
  const inside = [...whole].filter((name) => name.length >= MIN_SUBSTRING_LENGTH);
  computed = { revision, whole, inside };
  return computed;
}

/** Splits a name at separators and before capitals ("CrisisTeam"). */
function partsOf(handle: string): string[] {
  const separated = handle.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
  const cased = separated.flatMap((part) => part.split(/(?<=[a-z0-9])(?=[A-Z])/));
  return [...new Set([...cased, ...separated])];
}

/** Compares a part with and without a number before or after it: "mod2". */
function isPart(part: string, reserved: ReadonlySet<string>): boolean {
  return [part, part.replace(/^\d+|\d+$/g, '')].some((each) => reserved.has(skeleton(each)));
}

/** Whether a name is one rejected as a whole, with a country before or after it: "mind-uk". */
function isOfCountry(parts: readonly string[], isWhole: (name: string) => boolean): boolean {
  const others = parts.map(skeleton).filter((part) => !COUNTRIES.has(part));
  return others.length < parts.length && isWhole(others.join(''));
}

/** Whether the letters consist entirely of roles and accompanying words, with at least one role. */
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
 * Whether a name would pass for the site, its team, a helpline or a clinician. Names are compared
 * by skeleton, so that digits, separators and look-alike letters do not evade the check. Applies to
 * new names only: existing members keep theirs.
 */
export function isReserved(handle: string): boolean {
  const letters = skeleton(handle);
  const unnumbered = skeleton(handle.replace(/\d+$/, ''));
  const parts = partsOf(handle);
  const helplines = helplineSkeletons();
  const isWhole = (name: string): boolean => WHOLE.has(name) || helplines.whole.has(name);
  return (
    [letters, unnumbered].some(isWhole) ||
    parts.some((part) => isPart(part, PARTS)) ||
    isOfCountry(parts, isWhole) ||
    isPart(parts[0] ?? '', TITLES) ||
    isMadeOfRoles(letters) ||
    isMadeOfRoles(unnumbered) ||
    [...ANYWHERE, ...helplines.inside].some((name) => letters.includes(name))
  );
}
