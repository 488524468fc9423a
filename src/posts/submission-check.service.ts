import { Injectable } from '@nestjs/common';
import { withoutQuotes } from '../content/markdown.js';
import { languageOf } from '../content/text-language.js';
import { Clock, later } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { ReviewCases, type CaseReason } from '../review/review-cases.js';
import type { CaseTier, RiskContext } from '../triage/risk.js';
import { isPlainly } from '../triage/plain-language.js';
import { isFailure, Screening, type Screened, type Unscreened } from '../triage/screening.js';
import { compareTiers, HELD_TARGET, higherTier } from '../review/review-targets.js';
import { checkDisclosure, type DisclosureReport } from '../disclosure/disclosure-check.js';
import { signalOf, type WordMatch } from '../triage/word-rules.js';
import { holdFor, MAX_NEW_LINKS, MAX_REPEATS, NEW_ACCOUNT } from './hold-policy.js';
import { authorRecord, textsByOthers, type AuthorRecordRow } from './submission-check.queries.js';
import {
  isCommunityStaff,
  newLinks,
  newMatches,
  recordFor,
  textOf,
  textsOf,
  type Submission,
  type SubmissionResult,
} from './submission.js';

/** The findings in a text, and why parts of the check failed. */
interface Findings {
  readonly matches: readonly WordMatch[];
  readonly screened: Screened;
  readonly disclosure: DisclosureReport | null;
  readonly missed: readonly Unscreened[];
}

/** What the facts about a submission are read for. */
type SubmissionAbout = Pick<Submission, 'authorId' | 'body' | 'threadId'> &
  Partial<Pick<Submission, 'communityId'>>;

/** What the check of a text depends on, besides the text. */
export interface SubmissionFacts {
  readonly author: AuthorRecordRow | undefined;
  /** Texts by others in the thread, which the post may quote. */
  readonly answers: readonly string[];
}

/**
 * The pre-publish check of every submitted text: risk screening, word rules, disclosure check, hold
 * policy. It never rejects: every text is saved, and its author sees whether it is held and why.
 */
@Injectable()
export class SubmissionCheck {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly screening: Screening,
    private readonly cases: ReviewCases,
  ) {}

  /**
   * Checks a text before it is saved; writes nothing.
   * @param tx null outside a transaction, so that authors do not wait for a connection
   * @param early the facts, if they are read already; they are read again if they are of another
   *   community
   * @throws NotFound if the community or the author does not exist
   */
  async check(
    tx: Tx | null,
    writing: Submission,
    early?: Promise<SubmissionFacts>,
  ): Promise<SubmissionResult> {
    const now = this.clock.now();
    const read = await early;
    const { author, answers } =
      read?.author?.communityId === writing.communityId ? read : await this.facts(tx, writing);
    if (author === undefined) throw new NotFound();
    const context: RiskContext = {
      title: writing.title,
      writtenAs: isCommunityStaff(author) ? 'staff' : writing.writtenAs,
      answers,
      language: author.language,
    };
    const { matches, screened, disclosure, missed } = this.read(writing, author, context);
    const byWordRules = (tier: CaseTier): CaseTier =>
      matches.reduce<CaseTier>(
        (most, { rule }) =>
          rule.action === 'raise' && rule.tier !== null ? higherTier(most, rule.tier) : most,
        missed.length > 0 ? higherTier(tier, 'unknown') : tier,
      );
    const raised = byWordRules(screened.tier);
    const named = byWordRules(screened.named);
    const before = writing.before?.tier ?? 'none';
    const isNew = compareTiers(raised, this.knownTier(writing, context)) > 0;
    const links = newLinks(writing);
    const weighed = {
      tier: compareTiers(named, before) > 0 ? named : 'none',
      ruleHolds: matches.some(({ rule }) => rule.action === 'hold'),
      links,
      detail: writing.byMail === undefined ? disclosure?.waits : disclosure !== null,
      doubtful: writing.byMail?.doubtful,
    };
    const hold = holdFor(recordFor(author, writing), weighed, now);
    const reviewed = matches.filter(({ rule }) => rule.action !== 'suggest-note');
    // A text that could not be screened needs a person, even if the earlier text was more serious.
    const found = screened.unscreened ?? raised;
    const causes = isNew && found !== 'unknown' ? [found, ...missed] : missed;
    const reasons: (CaseReason | false)[] = [
      ...[...new Set(causes)].map((reason): CaseReason => ({ source: 'triage', reason })),
      reviewed.length > 0 && { source: 'rule', reason: 'word-rule' },
      hold?.why === 'rule' && links > MAX_NEW_LINKS && { source: 'rule', reason: 'links' },
      hold?.why === 'rule' &&
        author.repeats >= MAX_REPEATS && { source: 'rule', reason: 'repeated' },
      hold !== null && { source: 'hold', reason: hold.why },
      writing.before !== undefined &&
        author.preModeration === 'all' &&
        !isCommunityStaff(author) && { source: 'author', reason: 'edited' },
    ];
    return {
      tier: higherTier(raised, before),
      named: higherTier(named, before),
      hold,
      suggestedNotes: [
        ...new Set(
          matches.flatMap(({ rule }) =>
            rule.action === 'suggest-note' && rule.note !== null ? [rule.note] : [],
          ),
        ),
      ],
      signals: [...screened.signals, ...reviewed.map(signalOf)],
      rulesVersion: screened.rulesVersion,
      reasons: reasons.filter((reason) => reason !== false),
      disclosure,
      language: languageIn(withoutQuotes(writing.body), author.language),
      answers: context.answers ?? [],
      complete: missed.length === 0,
    };
  }

  /**
   * Runs the checks of a text within its time budget. The moderators' word rules run first, so that
   * they apply however long the rest takes. If a check fails or times out, the results of the
   * others remain valid.
   */
  private read(writing: Submission, author: AuthorRecordRow, context: RiskContext): Findings {
    const budget = this.screening.budget();
    const texts = textsOf(writing);
    const known = writing.before === undefined ? undefined : textsOf(writing.before);
    const byRules = this.screening.attempt(() => newMatches(writing, author, budget));
    const screened = this.screening.screen(textOf(writing), context, budget);
    const disclosed = this.screening.attempt(() =>
      checkDisclosure(texts, (kind) => `[${kind}]`, known, budget, context.answers),
    );
    const missed = [screened.unscreened, byRules.unscreened, disclosed.unscreened].filter(
      isFailure,
    );
    return { matches: byRules.result ?? [], screened, disclosure: disclosed.result, missed };
  }

  /**
   * Reads what the check of a text depends on.
   * @param about the author, the text, and its community or thread
   */
  async facts(
    tx: Tx | null,
    { authorId, body, communityId, threadId }: SubmissionAbout,
  ): Promise<SubmissionFacts> {
    const [[author], answers] = await Promise.all([
      this.sql.rowsIn(tx, authorRecord, {
        authorId,
        communityId: communityId ?? null,
        threadId: threadId ?? null,
        createdAt: later(this.clock.now(), -NEW_ACCOUNT),
        body,
      }),
      threadId === undefined ? [] : this.sql.rowsIn(tx, textsByOthers, { threadId, authorId }),
    ]);
    return { author, answers: answers.map(({ text }) => text) };
  }

  // A case that only the classifier caused sets no tier on the post, so the earlier text is
  // screened again.
  private knownTier({ before }: Submission, context: RiskContext): CaseTier {
    if (before === undefined) return 'none';
    const screened = this.screening.screen(textOf(before), context);
    return compareTiers(screened.named, before.tier) <= 0
      ? higherTier(before.tier, screened.tier)
      : before.tier;
  }

  /** Opens the review case of a checked post, in the transaction that stores it. */
  async record(
    tx: Tx,
    post: { readonly id: string; readonly communityId: string },
    result: SubmissionResult,
  ): Promise<void> {
    if (result.reasons.length === 0) return;
    await this.cases.open(tx, {
      subject: { kind: 'post', postId: post.id },
      communityId: post.communityId,
      tier: result.tier,
      reasons: result.reasons,
      signals: result.signals,
      rulesVersion: result.rulesVersion,
      target: result.hold === null ? undefined : HELD_TARGET,
    });
  }

  /**
   * Notifies the moderators, who may have read an earlier version, that a held post was edited.
   * @param sentAgain whether a moderator had sent it back to its author
   */
  async recordEdit(
    tx: Tx,
    post: { readonly id: string; readonly communityId: string; readonly tier: CaseTier },
    sentAgain = false,
  ): Promise<void> {
    await this.cases.open(tx, {
      subject: { kind: 'post', postId: post.id },
      communityId: post.communityId,
      tier: post.tier,
      reasons: [
        sentAgain
          ? { source: 'hold', reason: 'resubmitted' }
          : { source: 'author', reason: 'edited' },
      ],
      target: HELD_TARGET,
    });
  }
}

function languageIn(text: string, expected: string): string | null {
  return isPlainly(text, expected) ? expected : languageOf(text, expected);
}
