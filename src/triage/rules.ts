import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PhraseMatcher } from './phrase-matcher.js';
import { Naming } from './naming.js';
import { OtherLanguages } from './other-languages.js';
import type { Tier } from './risk.js';
import { Spelling, type SpellingData } from './spelling-correction.js';
import { Vocabulary, type LanguageData } from './vocabulary.js';

/** A rule as defined in its file: phrases with one meaning. */
export interface Rule {
  readonly key: string;
  /** The kind of statement; `rules/kinds.json` defines its base tier and what lowers it. */
  readonly kind: string;
  /**
   * `any`: the phrase itself names the person; otherwise the nearest person in the sentence counts.
   */
  readonly who?: 'any';
  /** Its phrases name the danger as a whole, though no word of them does by itself. */
  readonly names?: true;
  readonly patterns: readonly string[];
}

/** A property of a sentence, such as past tense, a joke or a film. */
export interface Mark {
  readonly mark: string;
  readonly patterns: readonly string[];
}

export interface Kind {
  readonly base: Tier;
  /** Kinds that do not count inside such a phrase: "tried to" governs what follows. */
  readonly covers?: readonly string[];
  /** The first condition that holds replaces the base tier. */
  readonly adjust: readonly (readonly [condition: string, tier: Tier])[];
}

/** Two matches that weigh more in combination: in neighbouring sentences (`near`) or anywhere. */
export interface CoOccurrence {
  readonly key: string;
  readonly near?: readonly string[];
  readonly anywhere?: readonly string[];
  /** A mark that cancels the combination if it occurs in one of these sentences. */
  readonly unless?: readonly string[];
  readonly names?: true;
  readonly tier: Tier;
}

export type Entry = { readonly rule: Rule } | { readonly mask: Rule } | { readonly mark: string };

export interface Rules {
  readonly version: string;
  readonly spelling: Spelling;
  /** Normalises the spelling of a pattern as that of texts. */
  readonly spell: (pattern: string) => string;
  readonly matcher: PhraseMatcher<Entry>;
  readonly kinds: Readonly<Record<string, Kind>>;
  readonly together: readonly CoOccurrence[];
  /** The rules, kinds and marks that `together` names. */
  readonly joint: ReadonlySet<string>;
  /** Group names by their number in the matcher. */
  readonly groups: ReadonlyMap<number, string>;
  readonly naming: Naming;
  readonly vocabulary: Vocabulary;
  readonly otherLanguages: OtherLanguages;
  readonly all: readonly Rule[];
}

/** Files in `rules/`, loaded in this order. Each is a subject that one person can review. */
const SUBJECTS = [
  'suicide',
  'crisis',
  'self-harm',
  'others',
  'abuse',
  'eating',
  'medication',
  'mind',
  'exploitation',
  'threats',
  'replies',
  'low',
];
const WATCHED = ['me', 'other', 'you', 'figure', 'any-neg', 'not-neg', 'double-neg'];

function data(name: string): unknown {
  return JSON.parse(
    readFileSync(fileURLToPath(new URL(`./rules/${name}.json`, import.meta.url)), 'utf8'),
  );
}

/** Normalises the spelling of a pattern as that of texts: "can't" is "can not", "mom" is "mum". */
function normaliseSpelling(pattern: string, variants: Readonly<Record<string, string>>): string {
  const one = (word: string): string => {
    const bare = word.endsWith('?') && word.length > 1 ? word.slice(0, -1) : word;
    const meant = variants[bare];
    return meant === undefined || (bare !== word && meant.includes(' '))
      ? word
      : meant + word.slice(bare.length);
  };
  const alternatives = (word: string): string => {
    const optional = word.endsWith('?');
    const list = (optional ? word.slice(0, -1) : word)
      .split('|')
      .map((each) => (variants[each]?.includes(' ') === false ? variants[each] : each));
    return [...new Set(list)].join('|') + (optional ? '?' : '');
  };
  const open = pattern
    .toLowerCase()
    .replace(/can't/g, 'can not')
    .replace(/won't/g, 'will not')
    .replace(/n't\b/g, ' not')
    .replace(/'(s)\b/g, ' is')
    .replace(/'m\b/g, ' am')
    .replace(/'ve\b/g, ' have')
    .replace(/'re\b/g, ' are')
    .replace(/'ll\b/g, ' will')
    .replace(/'d\b/g, ' would');
  return open
    .trim()
    .split(/\s+/)
    .map((word) => (word.includes('|') ? alternatives(word) : one(word)))
    .join(' ');
}

/** Loads and compiles the rules. @throws if a file lacks a property that a rule needs */
export function loadRules(): Rules {
  const spelling = data('spelling') as SpellingData;
  const groups = Object.fromEntries(
    Object.entries(data('words') as Record<string, string[]>).map(([name, patterns]) => [
      name,
      patterns.map((each) => normaliseSpelling(each, spelling.variants)),
    ]),
  );
  const kinds = data('kinds') as Record<string, Kind>;
  const subjects = SUBJECTS.flatMap((name) => data(name) as Rule[]);
  const together = data('together') as CoOccurrence[];
  const masks = data('idioms') as Rule[];
  const marks = data('marks') as Mark[];
  for (const rule of subjects)
    if (kinds[rule.kind] === undefined) throw new Error(`${rule.key}: no kind ${rule.kind}`);
  const entries: [string, Entry][] = [];
  const take = (patterns: readonly string[], entry: Entry): void => {
    for (const pattern of patterns)
      entries.push([normaliseSpelling(pattern, spelling.variants), entry]);
  };
  for (const rule of subjects) take(rule.patterns, { rule });
  for (const mask of masks) take(mask.patterns, { mask });
  for (const mark of marks) take(mark.patterns, { mark: mark.mark });
  const matcher = new PhraseMatcher<Entry>(groups, data('fillers') as string[], entries);
  const common = new Set(data('common') as string[]);
  const known = new Set([...matcher.lexicon.words(), ...common]);
  const { languages, loans } = data('languages') as { languages: LanguageData[]; loans: string[] };
  const english = (data('english') as string[]).flatMap((line) => line.split(' '));
  return {
    version: (data('version') as { version: string }).version,
    spelling: new Spelling(spelling, known, (word) => matcher.lexicon.known(word)),
    spell: (pattern) => normaliseSpelling(pattern, spelling.variants),
    matcher,
    kinds,
    together,
    joint: new Set(together.flatMap(({ near = [], anywhere = [] }) => [...near, ...anywhere])),
    groups: new Map(WATCHED.map((name) => [matcher.lexicon.known(`<${name}>`), name])),
    naming: new Naming(
      data('names') as string[],
      [...subjects, ...together].flatMap(({ key, names }) => (names === true ? [key] : [])),
    ),
    vocabulary: new Vocabulary([...english, ...Object.keys(spelling.variants)], languages, loans),
    otherLanguages: new OtherLanguages(languages),
    all: [...subjects, ...masks],
  };
}
