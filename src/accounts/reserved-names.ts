import { readFileSync } from 'node:fs';
import { helplineNames, helplinesRevision } from '../helplines/helplines.js';
import { skeleton as namesSkeleton } from '../kernel/skeleton.js';

/** `reserved-names.json`: names that nobody may sign up with. */
interface ReservedNames {
  /** Rejected only as the whole name: too common to reject inside another name. */
  whole: string[];
  /** Names of helplines and charities that are common words, rejected like `whole`. */
  organisations: string[];
  /** Rejected beside the name of a helpline or charity: "shout-text". */
  services: string[];
  /** Roles, rejected as any part of a name. */
  parts: string[];
  /** Rejected as the first part. */
  titles: string[];
  /** Titles also rejected where the name follows without a separator: "doctorjo". */
  prefixes: string[];
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
const PREFIXES = [...skeletons(data.prefixes)];
/** Words that begin like a title and are none. */
const NO_TITLE = /^doctora[lt]/;
const ORGANISATIONS = skeletons(data.organisations);
const WHOLE = skeletons([...data.whole, ...data.organisations]);
const COUNTRIES = skeletons(data.countries);
const SERVICES = skeletons([...data.services, ...data.countries]);
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

/** Splits a name at separators. */
function partsOf(handle: string): string[] {
  return handle.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
}

/** Splits parts of a name before capitals ("CrisisTeam"). */
function splitAtCapitals(parts: readonly string[]): string[] {
  return parts.flatMap((part) => part.split(/(?<=[a-z0-9])(?=[A-Z])/));
}

/** Compares a part with and without a number before or after it: "mod2". */
function isPart(part: string, reserved: ReadonlySet<string>): boolean {
  return [part, part.replace(/^\d+|\d+$/g, '')].some((each) => reserved.has(skeleton(each)));
}

/** Whether parts of a name are accompanying words, and the others together a rejected name. */
function isBeside(
  parts: readonly string[],
  accompanying: ReadonlySet<string>,
  isRejected: (name: string) => boolean,
): boolean {
  const others = parts.map(skeleton).filter((part) => !accompanying.has(part));
  return others.length < parts.length && isRejected(others.join(''));
}

/** Whether the letters begin with a title: "doctorjo". */
function beginsWithTitle(letters: string): boolean {
  return !NO_TITLE.test(letters) && PREFIXES.some((title) => letters.startsWith(title));
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
  const separated = partsOf(handle);
  const cased = splitAtCapitals(separated);
  const parts = [...new Set([...cased, ...separated])];
  const helplines = helplineSkeletons();
  const isWhole = (name: string): boolean => WHOLE.has(name) || helplines.whole.has(name);
  const isHelpline = (name: string): boolean =>
    ORGANISATIONS.has(name) || helplines.whole.has(name);
  return (
    [letters, unnumbered].some(isWhole) ||
    parts.some((part) => isPart(part, PARTS)) ||
    isBeside(separated, COUNTRIES, isWhole) ||
    isBeside(cased, COUNTRIES, isWhole) ||
    isBeside(cased, SERVICES, isHelpline) ||
    beginsWithTitle(letters) ||
    isPart(parts[0] ?? '', TITLES) ||
    isMadeOfRoles(letters) ||
    isMadeOfRoles(unnumbered) ||
    [...ANYWHERE, ...helplines.inside].some((name) => letters.includes(name))
  );
}
