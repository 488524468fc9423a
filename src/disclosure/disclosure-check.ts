import { createHash } from 'node:crypto';
import { NO_LIMIT, type Budget } from '../kernel/time-budget.js';
import { withoutQuotedLines } from '../triage/own-words.js';
import { findHarmfulDetail, type HarmKind } from './harmful-detail.js';
import { concernsOthers, findPersonalDetails, type DetailKind } from './personal-details.js';

/** What others would read of a post. */
export interface PostTexts {
  readonly title: string;
  readonly body: string;
  readonly summary: string;
}

export type DisclosureKind = DetailKind | HarmKind;

export interface DisclosureFinding {
  readonly field: keyof PostTexts;
  readonly kind: DisclosureKind;
  readonly span: readonly [number, number];
  /** As it was written; empty for what is better not said again. */
  readonly words: string;
  /** What would stand in its place. */
  readonly instead: string;
  /** Kept as it is, the post waits for a moderator. */
  readonly waits: boolean;
}

/** What was seen before publishing, and what the text would be without it. */
export interface DisclosureReport {
  readonly texts: PostTexts;
  readonly seen: readonly DisclosureFinding[];
  readonly edited: PostTexts;
  readonly waits: boolean;
  /** Texts of other posts that may be quoted: see `checkDisclosure`. */
  readonly others: readonly string[];
}

/** What stands in the place of a detail, in the reader's language. */
export type Placeholder = (kind: DisclosureKind) => string;

const FIELDS = ['title', 'body', 'summary'] as const;
const HARMS: readonly DisclosureKind[] = ['dose', 'method', 'body-number'];

/**
 * @param known what stood there before an edit: what it held already has been explained
 * @param budget asked between kinds of details
 * @param others texts of the other posts of the thread: a line behind ">" that one of them holds is
 *   skipped, as it stands there already; any other line is the writer's own
 * @returns null where nothing was seen
 * @throws OutOfTime
 */
export function checkDisclosure(
  texts: PostTexts,
  placeholder: Placeholder,
  known?: PostTexts,
  budget: Budget = NO_LIMIT,
  others: readonly string[] = [],
): DisclosureReport | null {
  const all = (each: PostTexts): DisclosureFinding[] =>
    FIELDS.flatMap((field) =>
      seenIn(field, withoutQuotedLines(each[field], others), placeholder, budget),
    );
  const stood = new Set(known === undefined ? [] : all(known).map(same));
  const seen = all(texts).filter((each) => !stood.has(same(each)));
  if (seen.length === 0) return null;
  const edited = Object.fromEntries(
    FIELDS.map((field) => [
      field,
      without(
        texts[field],
        seen.filter((each) => each.field === field),
      ),
    ]),
  ) as unknown as PostTexts;
  return { texts, seen, edited, waits: seen.some(({ waits }) => waits), others };
}

/** Whether it holds a detail for which a post waits until a moderator has read it. */
export function needsModerator(texts: PostTexts, others: readonly string[] = []): boolean {
  return checkDisclosure(texts, (kind) => kind, undefined, NO_LIMIT, others)?.waits === true;
}

/** Ties an answer to the very words it was given about: other words are looked at anew. */
export function disclosureToken(texts: PostTexts): string {
  return createHash('sha256')
    .update(FIELDS.map((field) => texts[field]).join('\0'))
    .digest('base64url')
    .slice(0, 22);
}

function without(text: string, seen: readonly DisclosureFinding[]): string {
  let done = '';
  let at = 0;
  for (const {
    instead,
    span: [from, to],
  } of seen) {
    done += text.slice(at, from) + instead;
    at = to;
  }
  return done + text.slice(at);
}

function seenIn(
  field: keyof PostTexts,
  text: string,
  placeholder: Placeholder,
  budget: Budget,
): DisclosureFinding[] {
  // Replies have neither title nor summary, as a rule.
  if (text === '') return [];
  const personal = findPersonalDetails(text, budget).map((detail): DisclosureFinding => ({
    field,
    kind: detail.kind,
    span: detail.span,
    words: text.slice(...detail.span),
    instead: placeholder(detail.kind),
    waits: concernsOthers(detail),
  }));
  const harmful = findHarmfulDetail(text, budget).map(({ kind, span }): DisclosureFinding => ({
    field,
    kind,
    span,
    words: '',
    instead: placeholder(kind),
    waits: kind !== 'body-number',
  }));
  const all = [...personal, ...harmful].sort(
    (a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1],
  );
  const kept: DisclosureFinding[] = [];
  for (const each of all) if (each.span[0] >= (kept.at(-1)?.span[1] ?? 0)) kept.push(each);
  return kept;
}

function same({ field, kind, words, span }: DisclosureFinding): string {
  return HARMS.includes(kind)
    ? `${field} ${kind} ${span[1] - span[0]}`
    : `${kind} ${words.toLowerCase().replace(/\s+/g, '')}`;
}
