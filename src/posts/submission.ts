import type { DisclosureReport, PostTexts } from '../disclosure/disclosure-check.js';
import type { Budget } from '../kernel/time-budget.js';
import type { CaseReason } from '../review/review-cases.js';
import type { CaseTier, Signal } from '../triage/risk.js';
import { matchRules, type WordMatch } from '../triage/word-rules.js';
import { linksIn, type Hold } from './hold-policy.js';
import type { AuthorRecordRow } from './submission-check.queries.js';

/** A submitted text, before it is saved. */
export interface Submission {
  readonly authorId: string;
  readonly communityId: string;
  /** The thread's title, for an opening only: it is not screened again with each reply. */
  readonly title?: string;
  readonly body: string;
  readonly summary: string;
  /** The text of a poll, which is screened as if it followed the body. */
  readonly poll?: string;
  /**
   * For a reply: text by others in the thread may be quoted, and does not count as the author's
   * own.
   */
  readonly threadId?: string;
  /** `opening` for every post by the thread's opener, whatever its number. */
  readonly writtenAs: 'opening' | 'reply';
  /**
   * Set for a reply by email: its author cannot review details, so a post with details is held.
   * `doubtful` if some of the text may not be meant for others.
   */
  readonly byMail?: { readonly doubtful: boolean };
  /** The text before an edit: what it already contained opens no new case. */
  readonly before?: {
    readonly title?: string;
    readonly body: string;
    readonly summary: string;
    readonly tier: CaseTier;
  };
}

export interface SubmissionResult {
  /** How soon a moderator should read it, including the classifier's findings. */
  readonly tier: CaseTier;
  /** The tier by rules only: it decides whether the post is held, folded and gets a card. */
  readonly named: CaseTier;
  readonly hold: Hold | null;
  readonly suggestedNotes: readonly string[];
  readonly signals: readonly Signal[];
  readonly rulesVersion: string;
  /** Reasons for a review case; empty if none is needed. */
  readonly reasons: readonly CaseReason[];
  /** Details for the author to review before publication; null if there are none. */
  readonly disclosure: DisclosureReport | null;
  /** The language of the body; null if unknown. */
  readonly language: string | null;
  /** Texts by others in the thread, which the post may quote. */
  readonly answers: readonly string[];
  /** False if part of the check failed or timed out. */
  readonly complete: boolean;
}

// Poll and summary are appended, so that offsets in the body stay valid.
export function textOf(texts: Pick<Submission, 'body' | 'summary' | 'poll'>): string {
  const body = `${texts.body}${texts.poll ?? ''}`;
  return texts.summary === '' ? body : `${body}\n\n${texts.summary}`;
}

/** The texts of the disclosure check; an edit has no title. */
export function textsOf(texts: {
  readonly title?: string;
  readonly body: string;
  readonly summary: string;
}): PostTexts {
  return { title: texts.title ?? '', body: texts.body, summary: texts.summary };
}

export function isCommunityStaff(author: AuthorRecordRow): boolean {
  return (
    author.siteRole !== 'member' ||
    author.communityRole === 'moderator' ||
    author.communityRole === 'professional'
  );
}

// A published post has already passed pre-moderation; an edit is checked only for what it adds.
export function recordFor(author: AuthorRecordRow, writing: Submission): AuthorRecordRow {
  return writing.before === undefined
    ? author
    : { ...author, preModeration: 'none', repeats: 0, lately: 0 };
}

export function newLinks(writing: Submission): number {
  const links = linksIn(writing.body);
  return writing.before === undefined || links > linksIn(writing.before.body) ? links : 0;
}

// Matches of the text before an edit belong to an earlier case.
export function newMatches(
  writing: Submission,
  author: AuthorRecordRow,
  budget: Budget,
): WordMatch[] {
  const matches = matchRules(textOf(writing), author.rules ?? [], budget);
  if (writing.before === undefined) return matches;
  const previous = new Set(
    matchRules(textOf(writing.before), author.rules ?? [], budget).map(({ rule }) => rule.id),
  );
  return matches.filter(({ rule }) => !previous.has(rule.id));
}
