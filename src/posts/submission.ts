import type { DisclosureReport, PostTexts } from '../disclosure/disclosure-check.js';
import type { Budget } from '../kernel/time-budget.js';
import type { CaseReason } from '../review/review-cases.js';
import type { CaseTier, Signal } from '../triage/risk.js';
import { matchRules, type WordMatch } from '../triage/word-rules.js';
import { linksIn, type Hold } from './hold-policy.js';
import type { AuthorRecordRow } from './submission-check.queries.js';

/** A text on its way in. */
export interface Submission {
  readonly authorId: string;
  readonly communityId: string;
  /** Of a thread, with its opening alone: what a title says is not news in each further reply. */
  readonly title?: string;
  readonly body: string;
  readonly summary: string;
  /** Of a reply: what others wrote in it may be quoted, and is then not the writer's own. */
  readonly threadId?: string;
  /** Who opened a thread tells on in it, whatever the number of the post. */
  readonly writtenAs: 'opening' | 'reply';
  /**
   * Nobody was at a screen to be asked about a detail: it waits instead. `doubtful` where not all
   * of it may be meant for others.
   */
  readonly byMail?: { readonly doubtful: boolean };
  /** What stood there before an edit: what it said already is not news. */
  readonly before?: {
    readonly title?: string;
    readonly body: string;
    readonly summary: string;
    readonly tier: CaseTier;
  };
}

export interface SubmissionResult {
  /** How soon a moderator should read it: learnt words count too. */
  readonly tier: CaseTier;
  /**
   * What a rule named: the tier of the post itself, by which it is held, folded and answered with a
   * card.
   */
  readonly named: CaseTier;
  readonly hold: Hold | null;
  readonly suggestedNotes: readonly string[];
  readonly signals: readonly Signal[];
  readonly rulesVersion: string;
  /** Why a moderator should look; empty where nobody need. */
  readonly reasons: readonly CaseReason[];
  /** Details in it, to be explained before it is published. */
  readonly look: DisclosureReport | null;
  /** Texts of others in the thread, which the post may quote. */
  readonly answers: readonly string[];
  /** False where something failed or ran out of time: nothing follows from what was not seen. */
  readonly complete: boolean;
}

// The summary stands after the body, so that places in the body stay what they are.
export function textOf(words: { readonly body: string; readonly summary: string }): string {
  return words.summary === '' ? words.body : `${words.body}\n\n${words.summary}`;
}

/** What is looked at for details; an edit leaves the title alone. */
export function textsOf(words: {
  readonly title?: string;
  readonly body: string;
  readonly summary: string;
}): PostTexts {
  return { title: words.title ?? '', body: words.body, summary: words.summary };
}

export function isStaffThere(place: AuthorRecordRow): boolean {
  return (
    place.siteRole !== 'member' ||
    place.communityRole === 'moderator' ||
    place.communityRole === 'professional'
  );
}

// A post that stands has been let through once; what an edit brings in anew is all that counts.
export function recordFor(place: AuthorRecordRow, writing: Submission): AuthorRecordRow {
  return writing.before === undefined
    ? place
    : { ...place, preModeration: 'none', repeats: 0, lately: 0 };
}

export function newLinks(writing: Submission): number {
  const links = linksIn(writing.body);
  return writing.before === undefined || links > linksIn(writing.before.body) ? links : 0;
}

// What matched before an edit has been looked at, or will be.
export function newMatches(
  writing: Submission,
  place: AuthorRecordRow,
  budget: Budget,
): WordMatch[] {
  const matches = matchRules(textOf(writing), place.rules ?? [], budget);
  if (writing.before === undefined) return matches;
  const known = new Set(
    matchRules(textOf(writing.before), place.rules ?? [], budget).map(({ rule }) => rule.id),
  );
  return matches.filter(({ rule }) => !known.has(rule.id));
}
