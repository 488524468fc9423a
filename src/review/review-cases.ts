import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { Outbox } from '../outbox/outbox.js';
import { caseOpened, caseRaised } from './cases.events.js';
import type { ModeratedHours } from './moderated-hours.js';
import type { CaseTier, Signal } from '../triage/risk.js';
import { compareTiers, dueBy, higherTier, READ_WITHIN, type Target } from './review-targets.js';
import { findIn, queryIn, executeIn } from '../kernel/sql.js';

export type CaseSubject =
  | { readonly kind: 'post'; readonly postId: string }
  | { readonly kind: 'member'; readonly memberId: string }
  | { readonly kind: 'strategy'; readonly strategyId: string }
  | { readonly kind: 'appeal'; readonly decisionId: string };

export type ReasonSource =
  'triage' | 'report' | 'concern' | 'hold' | 'rule' | 'author' | 'unanswered' | 'appeal' | 'staff';

export interface CaseReason {
  readonly source: ReasonSource;
  /** A key, never free text. */
  readonly reason: string;
}

export interface CaseOpening {
  readonly subject: CaseSubject;
  /** The community whose moderators may see it; null for staff only. */
  readonly communityId: string | null;
  readonly tier: CaseTier;
  readonly reasons: readonly CaseReason[];
  /** Signals of the newest version of the text; they replace earlier ones. */
  readonly signals?: readonly Signal[];
  readonly rulesVersion?: string;
  /** A shorter target than that of the tier. */
  readonly target?: Target;
}

export interface OpenedCase {
  readonly id: string;
  readonly tier: CaseTier;
  /** Whether this call opened it. */
  readonly fresh: boolean;
}

interface Row {
  id: string;
  tier: CaseTier;
}

/** The subject column of each kind. Only these constants are interpolated into SQL. */
const COLUMN = {
  post: 'post_id',
  member: 'member_id',
  strategy: 'strategy_id',
  appeal: 'decision_id',
} as const;

/**
 * Opens cases in the moderation queue. Each subject has at most one open case: opening it again
 * raises its tier, shortens its deadline and adds reasons.
 */
@Injectable()
export class ReviewCases {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  /** @param tx the transaction that caused the reason, so that both are stored or neither */
  async open(tx: Tx, opening: CaseOpening): Promise<OpenedCase> {
    const now = this.clock.now();
    const due = await this.due(tx, opening, now);
    for (;;) {
      const existing = await this.find(tx, opening.subject);
      if (existing !== null) return this.raise(tx, existing, opening, due, now);
      const id = await this.insert(tx, opening, due, now);
      if (id !== null) {
        await this.addReasons(tx, id, opening.reasons, now);
        await this.outbox.append(tx, caseOpened({ caseId: id }));
        return { id, tier: opening.tier, fresh: true };
      }
      // Race: another transaction opened the case between the two statements. The next iteration
      // finds it.
    }
  }

  private async due(tx: Tx, opening: CaseOpening, now: Date): Promise<Date> {
    const place =
      opening.communityId === null
        ? null
        : await findIn<{ hours: ModeratedHours }>(
            tx,
            'select hours from communities where id = :communityId',
            {
              communityId: opening.communityId,
            },
          );
    const times = [
      READ_WITHIN[opening.tier],
      ...(opening.target === undefined ? [] : [opening.target]),
    ].map((target) => dueBy(target, place?.hours ?? null, now).getTime());
    return new Date(Math.min(...times));
  }

  // A decision is appealed only once, so its case is found even if it is closed.
  private async find(tx: Tx, subject: CaseSubject): Promise<Row | null> {
    const open = subject.kind === 'appeal' ? '' : `and state = 'open'`;
    const [row] = await queryIn<Row>(
      tx,
      `
        select id, tier
        from review_cases
        where kind = :kind and ${COLUMN[subject.kind]} = :subjectId ${open}
        for update
      `,
      { kind: subject.kind, subjectId: idOf(subject) },
    );
    return row ?? null;
  }

  private async insert(tx: Tx, opening: CaseOpening, due: Date, now: Date): Promise<string | null> {
    const [row] = await queryIn<{ id: string }>(
      tx,
      `
        insert into review_cases (kind, ${COLUMN[opening.subject.kind]}, community_id, tier,
          signals, rules_version, due_at, opened_at)
       values (:kind, :subjectId, :communityId, :tier, :signals, :rulesVersion, :due, :now)
       on conflict
       do nothing
       returning id`,
      {
        kind: opening.subject.kind,
        subjectId: idOf(opening.subject),
        communityId: opening.communityId,
        tier: opening.tier,
        signals: JSON.stringify(opening.signals ?? []),
        rulesVersion: opening.rulesVersion ?? null,
        due,
        now,
      },
    );
    return row?.id ?? null;
  }

  private async raise(
    tx: Tx,
    existing: Row,
    opening: CaseOpening,
    due: Date,
    now: Date,
  ): Promise<OpenedCase> {
    const tier = higherTier(existing.tier, opening.tier);
    const added = await this.addReasons(tx, existing.id, opening.reasons, now);
    const news = added > 0 || compareTiers(tier, existing.tier) > 0;
    await executeIn(
      tx,
      `
        update review_cases
        set tier = :tier, due_at = least(due_at, :due),
          signals = coalesce(:signals::jsonb, signals),
          rules_version = coalesce(:rulesVersion, rules_version), version = version + :step
        where id = :caseId
      `,
      {
        caseId: existing.id,
        tier,
        due,
        signals: opening.signals === undefined ? null : JSON.stringify(opening.signals),
        rulesVersion: opening.rulesVersion ?? null,
        step: news ? 1 : 0,
      },
    );
    if (news) await this.outbox.append(tx, caseRaised({ caseId: existing.id }));
    return { id: existing.id, tier, fresh: false };
  }

  private async addReasons(
    tx: Tx,
    caseId: string,
    reasons: readonly CaseReason[],
    now: Date,
  ): Promise<number> {
    let added = 0;
    for (const { source, reason } of reasons) {
      const rows = await queryIn<object>(
        tx,
        `
          insert into case_reasons (case_id, source, reason, created_at)
          values (:caseId, :source, :reason, :now)
          on conflict
          do nothing
          returning id
        `,
        { caseId, source, reason, now },
      );
      added += rows.length;
    }
    return added;
  }
}

function idOf(subject: CaseSubject): string {
  switch (subject.kind) {
    case 'post':
      return subject.postId;
    case 'member':
      return subject.memberId;
    case 'strategy':
      return subject.strategyId;
    case 'appeal':
      return subject.decisionId;
  }
}
