import { Injectable } from '@nestjs/common';
import { Clock, later } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { ReviewCases, type CaseReason } from '../review/review-cases.js';
import type { CaseTier, RiskContext } from '../triage/risk.js';
import { Screening, type Screened, type Unscreened } from '../triage/screening.js';
import { compareTiers, HELD_WITHIN, higherTier } from '../review/review-targets.js';
import { checkDisclosure, type DisclosureReport } from '../disclosure/disclosure-check.js';
import { signalOf, type WordMatch } from '../triage/word-rules.js';
import { holdFor, MOST_NEW_LINKS, MOST_REPEATS, NEW_ACCOUNT } from './hold-policy.js';
import { authorRecord, textsOfOthers, type AuthorRecordRow } from './submission-check.queries.js';
import {
  isStaffThere,
  newLinks,
  newMatches,
  recordFor,
  textOf,
  textsOf,
  type Submission,
  type SubmissionResult,
} from './submission.js';

/** What was found in a text, and why some of it could not be looked at. */
interface Reading {
  readonly matches: readonly WordMatch[];
  readonly screened: Screened;
  readonly look: DisclosureReport | null;
  readonly missed: readonly Unscreened[];
}

/**
 * Where every text comes in: it is screened, the rules of the place are asked, and it is settled
 * whether it waits. Nothing here refuses anything: what is written is kept, and its author is told
 * what happens with it.
 */
@Injectable()
export class SubmissionCheck {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly screening: Screening,
    private readonly cases: ReviewCases,
  ) {}

  async check(tx: Tx, writing: Submission): Promise<SubmissionResult> {
    const now = this.clock.now();
    const [place] = await this.sql.rowsIn(tx, authorRecord, {
      authorId: writing.authorId,
      communityId: writing.communityId,
      createdAt: later(now, -NEW_ACCOUNT),
      body: writing.body,
    });
    if (place === undefined) throw new NotFound();
    const context: RiskContext = {
      title: writing.title,
      writtenAs: isStaffThere(place) ? 'staff' : writing.writtenAs,
      answers: await this.answered(tx, writing),
      language: place.language,
    };
    const { matches, screened, look, missed } = this.read(writing, place, context);
    const byWordRules = (tier: CaseTier): CaseTier =>
      matches.reduce<CaseTier>(
        (most, { rule }) =>
          rule.action === 'raise' && rule.tier !== null ? higherTier(most, rule.tier) : most,
        missed.length > 0 ? higherTier(tier, 'unknown') : tier,
      );
    const raised = byWordRules(screened.tier);
    const named = byWordRules(screened.named);
    const before = writing.before?.tier ?? 'none';
    const news = compareTiers(raised, this.knownTier(writing, context)) > 0;
    const links = newLinks(writing);
    const weighed = {
      tier: compareTiers(named, before) > 0 ? named : 'none',
      ruleHolds: matches.some(({ rule }) => rule.action === 'hold'),
      links,
      detail: writing.byMail === undefined ? look?.waits : look !== null,
      doubtful: writing.byMail?.doubtful,
    };
    const hold = holdFor(recordFor(place, writing), weighed, now);
    const noticed = matches.filter(({ rule }) => rule.action !== 'suggest-note');
    // What could not be looked at is for a person, also where an edit was graver before.
    const found = screened.unscreened ?? raised;
    const told = news && found !== 'unknown' ? [found, ...missed] : missed;
    const reasons: (CaseReason | false)[] = [
      ...[...new Set(told)].map((reason): CaseReason => ({ source: 'triage', reason })),
      noticed.length > 0 && { source: 'rule', reason: 'word-rule' },
      hold?.why === 'rule' && links > MOST_NEW_LINKS && { source: 'rule', reason: 'links' },
      hold?.why === 'rule' &&
        place.repeats >= MOST_REPEATS && { source: 'rule', reason: 'repeated' },
      hold !== null && { source: 'hold', reason: hold.why },
      writing.before !== undefined &&
        place.preModeration === 'all' &&
        !isStaffThere(place) && { source: 'author', reason: 'edited' },
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
      signals: [...screened.signals, ...noticed.map(signalOf)],
      rulesVersion: screened.rulesVersion,
      reasons: reasons.filter((reason) => reason !== false),
      look,
      answers: context.answers ?? [],
      complete: missed.length === 0,
    };
  }

  /**
   * Looks at a text in the time that one text has. What moderators decided comes first, so that it
   * counts however long the rest takes; what fails or is late takes nothing away from what was
   * found.
   */
  private read(writing: Submission, place: AuthorRecordRow, context: RiskContext): Reading {
    const budget = this.screening.budget();
    const texts = textsOf(writing);
    const known = writing.before === undefined ? undefined : textsOf(writing.before);
    const ruled = this.screening.attempt(() => newMatches(writing, place, budget));
    const screened = this.screening.screen(textOf(writing), context, budget);
    const looked = this.screening.attempt(() =>
      checkDisclosure(texts, (kind) => `[${kind}]`, known, budget, context.answers),
    );
    const missed = [screened.unscreened, ruled.unscreened, looked.unscreened].filter(
      (why) => why === 'screening-failed' || why === 'screening-late',
    );
    return { matches: ruled.result ?? [], screened, look: looked.result, missed };
  }

  private async answered(tx: Tx, { threadId, authorId }: Submission): Promise<string[]> {
    return threadId === undefined
      ? []
      : (await this.sql.rowsIn(tx, textsOfOthers, { threadId, authorId })).map(({ text }) => text);
  }

  // A case that learnt words alone gave reason for leaves no tier on the post: the earlier wording
  // is asked again.
  private knownTier({ before }: Submission, context: RiskContext): CaseTier {
    if (before === undefined) return 'none';
    const screened = this.screening.screen(textOf(before), context);
    return compareTiers(screened.named, before.tier) <= 0
      ? higherTier(before.tier, screened.tier)
      : before.tier;
  }

  /** Opens the case of a post that was weighed, in the transaction that writes it. */
  async record(
    tx: Tx,
    post: { readonly id: string; readonly communityId: string },
    verdict: SubmissionResult,
  ): Promise<void> {
    if (verdict.reasons.length === 0) return;
    await this.cases.open(tx, {
      subject: { kind: 'post', postId: post.id },
      communityId: post.communityId,
      tier: verdict.tier,
      reasons: verdict.reasons,
      signals: verdict.signals,
      rulesVersion: verdict.rulesVersion,
      target: verdict.hold === null ? undefined : HELD_WITHIN,
    });
  }

  /** A moderator may have an earlier wording before them. */
  async tellOfEdit(
    tx: Tx,
    post: { readonly id: string; readonly communityId: string; readonly tier: CaseTier },
  ): Promise<void> {
    await this.cases.open(tx, {
      subject: { kind: 'post', postId: post.id },
      communityId: post.communityId,
      tier: post.tier,
      reasons: [{ source: 'author', reason: 'edited' }],
      target: HELD_WITHIN,
    });
  }
}
