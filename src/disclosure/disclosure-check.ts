import { createHash } from 'node:crypto';
import { NO_LIMIT, type Budget } from '../kernel/time-budget.js';
import { withoutQuotedLines } from '../triage/own-words.js';
import { findHarmfulDetail, type HarmKind } from './harmful-detail.js';
import { isAboutOthers, findPersonalDetails, type DetailKind } from './personal-details.js';

/** The texts of a post that others read. */
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
  /** The text as written; empty if it should not be repeated. */
  readonly words: string;
  /** The replacement. */
  readonly instead: string;
  /** Whether the post is held for a moderator if the detail is kept. */
  readonly waits: boolean;
}

/** Details found before publication, and the text without them. */
export interface DisclosureReport {
  readonly texts: PostTexts;
  readonly seen: readonly DisclosureFinding[];
  readonly edited: PostTexts;
  readonly waits: boolean;
  /** Texts of other posts that may be quoted: see `checkDisclosure`. */
  readonly others: readonly string[];
}

/** The replacement of a detail, in the reader's language. */
export type Placeholder = (kind: DisclosureKind) => string;

const FIELDS = ['title', 'body', 'summary'] as const;
const HARMS: readonly DisclosureKind[] = ['dose', 'method', 'body-number'];

/**
 * @param known the texts before an edit: details in them were already explained
 * @param budget checked between kinds of details
 * @param others texts of the other posts in the thread: a quoted line that one of them contains is
 *   skipped, because it is already published; any other line is the author's own
 * @returns null if nothing was found
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
  const previous = new Set(known === undefined ? [] : all(known).map(same));
  const seen = all(texts).filter((each) => !previous.has(same(each)));
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

/** Whether the texts contain a detail for which a post is held until a moderator has read it. */
export function needsModerator(texts: PostTexts, others: readonly string[] = []): boolean {
  return checkDisclosure(texts, (kind) => kind, undefined, NO_LIMIT, others)?.waits === true;
}

/** Ties an answer to the exact texts it was given for: changed texts are reviewed again. */
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
  // Replies usually have neither title nor summary.
  if (text === '') return [];
  const personal = findPersonalDetails(text, budget).map((detail): DisclosureFinding => ({
    field,
    kind: detail.kind,
    span: detail.span,
    words: text.slice(...detail.span),
    instead: placeholder(detail.kind),
    waits: isAboutOthers(detail),
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
