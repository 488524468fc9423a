import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Work } from '../../../src/bench/growth.js';
import { placesOfMaking, watchMaking, writtenPatterns, type Pattern } from './patterns.js';
import { HTML_KINDS, KINDS, repeated, type Kind } from '../../../src/bench/text-kinds.js';

/** Work on a text, with the texts to try, in characters. */
export interface Subject {
  readonly name: string;
  readonly work: Work;
  readonly kinds: readonly Kind[];
  /** Lengths whose costs are compared. */
  readonly lengths: readonly number[];
  /** A length that takes minutes if the work is quadratic, and a fraction of a second otherwise. */
  readonly long: number;
}

const LENGTHS = [1_000, 10_000, 100_000];
/** A step of a pattern takes a nanosecond. */
const LONG_FOR_PATTERNS = 300_000;
const LONG = 100_000;
/** Shorter than the others, as lines that match a rule are more expensive. */
const LENGTHS_OF_LINES = [2_000, 20_000];
const LENGTHS_OF_HTML = [20_000, 200_000, 2_000_000];
const OWN = { baseUrl: 'https://boat.example' };
/** Rules that an administrator may write: wildcards wherever they could cause backtracking. */
const WORD_RULES = [
  '*a*a*a*a*a*b',
  'a*?*?*?*?bc',
  '* * * * * * word',
  'one two three',
  'aa???????????',
  "*ab's *'s",
  '*12*34*',
];

function use(pattern: RegExp): Work {
  return (text) => {
    pattern.lastIndex = 0;
    if (!pattern.global) return pattern.test(text);
    let found = 0;
    for (const _ of text.matchAll(pattern)) found += 1;
    return found;
  };
}

/**
 * Each pattern separately, even if it is currently only applied to single words: that may change.
 */
function ofPatterns(patterns: readonly Pattern[]): Subject[] {
  return patterns.map(({ where, pattern }) => ({
    name: `${where} ${pattern.source.slice(0, 40)}`,
    work: use(pattern),
    kinds: KINDS,
    lengths: LENGTHS,
    long: LONG_FOR_PATTERNS,
  }));
}

const MULTIPART = 'Content-Type: multipart/mixed; boundary=a\n\n--a\n';

function linesOf(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { text: string }).text);
}

/**
 * Every pattern that is applied to members' texts, and everything that screens them.
 * @returns with the places that build a pattern which was not seen
 */
export async function everySubject(): Promise<{ subjects: Subject[]; unheld: string[] }> {
  // Before the sources are loaded, as most of them build their patterns then.
  const made = watchMaking();
  const details = await import('../../../src/disclosure/personal-details.js');
  const { findPersonalDetails } = details;
  const { findHarmfulDetail } = await import('../../../src/disclosure/harmful-detail.js');
  const { checkDisclosure } = await import('../../../src/disclosure/disclosure-check.js');
  const { assessRisk } = await import('../../../src/triage/assess-risk.js');
  const { loadRules } = await import('../../../src/triage/rules.js');
  const { tokenize } = await import('../../../src/triage/tokenize.js');
  const { matchRules } = await import('../../../src/triage/word-rules.js');
  const { excerpt } = await import('../../../src/content/markdown.js');
  const { withoutPrivateLinks } = await import('../../../src/content/private-links.js');
  const { needsReview } = await import('../../../src/reply-by-mail/needs-review.js');
  const { readStructure } = await import('../../../src/reply-by-mail/mime-structure.js');
  const { joinWrapped } = await import('../../../src/reply-by-mail/wrapped-lines.js');
  const { htmlText } = await import('../../../src/reply-by-mail/html-text.js');
  const { withoutArmour } = await import('../../../src/reply-by-mail/pgp-armour.js');
  const { readPlainBounce } = await import('../../../src/reply-by-mail/plain-bounce.js');
  const rules = loadRules();

  // One line for each matching rule: repeated, it gets past prefilters.
  const heard = new Set<string>();
  const lines: Kind[] = [];
  for (const text of [...linesOf(join('test', 'pii')), ...linesOf(join('test', 'triage'))]) {
    const speak = [
      ...findPersonalDetails(text).map(({ kind, why }) => `${kind} ${why}`),
      ...findHarmfulDetail(text).map(({ kind }) => kind),
      ...assessRisk(text).signals.map(({ rule }) => rule),
    ];
    if (speak.every((rule) => heard.has(rule))) continue;
    for (const rule of speak) heard.add(rule);
    lines.push(repeated(`a line of ${speak.join(', ')}`, `${text} `));
  }

  const rule = { id: '1', action: 'flag', note: null, tier: null, why: '', toWriter: '' } as const;
  const works: readonly (readonly [string, Work])[] = [
    ['personal details', findPersonalDetails],
    ['harmful detail', findHarmfulDetail],
    ['triage', (text) => assessRisk(text, { writtenAs: 'reply' })],
  ];
  const parts: readonly (readonly [string, Work])[] = [
    ['tokens', (text) => tokenize(text, rules.spelling)],
    ['spelling of one word', (text) => rules.spelling.wordsOf(text)],
    ['private links', (text) => withoutPrivateLinks(text, OWN, '[link]')],
    ['review of a mail', (text) => needsReview(text, 'Ann Example')],
    ['structure of a mail', (text) => readStructure(`${MULTIPART}${text}`)],
    ['wrapped lines', joinWrapped],
    ['armour', (text) => withoutArmour(`-----BEGIN PGP SIGNED MESSAGE-----\n\n${text}`)],
    ['plain bounces', (text) => readPlainBounce(`Hi. This is the qmail-send program.\n${text}`)],
    ['excerpt', (text) => excerpt(text)],
    ...WORD_RULES.map((pattern): [string, Work] => [
      `word rule ${pattern}`,
      (text) => matchRules(text, [{ ...rule, pattern }]),
    ]),
  ];
  const all = [...works, ...parts];
  const whole = all.map(([name, work]): Subject => ({
    name,
    work,
    kinds: KINDS,
    lengths: LENGTHS,
    long: LONG,
  }));
  const upon: readonly (readonly [string, Work])[] = [
    [
      'disclosure check',
      (text) => checkDisclosure({ title: '', body: text, summary: '' }, (kind) => kind),
    ],
  ];
  const ofLines = [...works, ...upon].map(([name, work]): Subject => ({
    name,
    work,
    kinds: lines,
    lengths: LENGTHS_OF_LINES,
    long: LENGTHS_OF_LINES.at(-1) ?? LONG,
  }));
  const html: Subject = {
    name: 'HTML of a mail',
    work: htmlText,
    kinds: HTML_KINDS,
    lengths: LENGTHS_OF_HTML,
    long: LENGTHS_OF_HTML.at(-1) ?? LONG,
  };
  const seen = new Set(made.map(({ where }) => where));
  return {
    subjects: [...ofPatterns([...writtenPatterns(), ...made]), ...whole, ...ofLines, html],
    unheld: placesOfMaking().filter((place) => !seen.has(place)),
  };
}

/** Deliberately bad patterns that the check must report. */
export function faultySubjects(): Subject[] {
  return ofPatterns([
    { where: 'square', pattern: / +$/ },
    { where: 'endless', pattern: /^(?:\d{1,6}|\d{1,6}(?=\d))+$/ },
  ]);
}
