import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { Database, insertOne, isDuplicate, type Tx } from '../../kernel/database.js';
import { Conflict, Forbidden, NotFound } from '../../kernel/errors.js';
import { idempotencyKeyFor } from '../../kernel/ids.js';
import { Sql, executeIn, queryIn } from '../../kernel/sql.js';
import { languageOf } from '../../content/text-language.js';
import type { Viewer } from '../../http/viewer.js';
import { ReviewCases } from '../../review/review-cases.js';
import { Screening } from '../../triage/screening.js';
import { CopingStrategy } from '../core/coping-strategy.entity.js';
import { freeStrategySlug, randomLetters } from '../core/slugs.js';
import { contentOf, rejectUnsafe } from '../core/strategy-content.js';
import { saveVersion } from '../core/strategy-versions.js';
import {
  textsOf,
  type EditedStrategy,
  type OwnStrategy,
  type StrategyTexts,
} from '../core/strategy.dto.js';
import {
  strategyRequests,
  ownStrategyBySlug,
  ownStrategies,
  strategyByKey,
  type StrategyRequestRow,
  type OwnRow,
  type StrategyEditRow,
} from './own-strategies.queries.js';

/** The post from which a strategy was made, and its writer's name there. */
export interface StrategyOrigin {
  postId: string;
  credit: { name: string; from: 'alias' | 'handle' };
}

function textOf({ name, summary, steps }: OwnStrategy): string {
  return [name, summary, ...steps].join('\n');
}

/** States in which the writer may edit a strategy and submit it again. */
export const EDITABLE_STATUSES = ['draft', 'proposed', 'declined', 'withdrawn'];

/**
 * Members suggest, edit and withdraw strategies; moderators review each version before it is
 * published.
 */
@Injectable()
export class OwnStrategies {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly cases: ReviewCases,
    private readonly screening: Screening,
  ) {}

  /** Newest first. */
  async listOf(viewer: Viewer): Promise<OwnRow[]> {
    return this.sql.rows(ownStrategies, { memberId: viewer.memberId });
  }

  /** Proposals and requests that await the member's answer. */
  async asksOf(viewer: Viewer): Promise<StrategyRequestRow[]> {
    return this.sql.rows(strategyRequests, { memberId: viewer.memberId });
  }

  /**
   * @throws NotFound if the member has no such strategy
   * @throws Forbidden if its state allows no change
   */
  async forEditing(viewer: Viewer, slug: string): Promise<StrategyEditRow> {
    const { memberId } = viewer;
    const row = await this.sql.first(ownStrategyBySlug, { slug: slug.slice(0, 80), memberId });
    if (row === null) throw new NotFound();
    if (!EDITABLE_STATUSES.includes(row.status)) throw new Forbidden('strategies.error.published');
    return row;
  }

  /**
   * Submits a strategy for review. Idempotent for the same key and content.
   * @param origin null if it is not made from a post
   * @returns its slug
   * @throws FieldError if a text breaks a safety rule
   */
  async suggest(viewer: Viewer, form: OwnStrategy, origin: StrategyOrigin | null): Promise<string> {
    if (!viewer.verified) throw new Forbidden('accounts.error.unverified');
    rejectUnsafe(form);
    const { idempotencyKey, ...words } = form;
    const key = idempotencyKeyFor(idempotencyKey, words);
    try {
      return await this.database.inTransaction((tx) => this.insert(tx, viewer, form, origin, key));
    } catch (error) {
      const existing = isDuplicate(error, 'coping_strategies_idempotency')
        ? await this.sql.first(strategyByKey, { viewerId: viewer.memberId, key })
        : null;
      if (existing === null) throw error;
      return existing.slug;
    }
  }

  /**
   * Edits a strategy and submits it for review again.
   * @throws Conflict if it changed since the form was opened
   */
  async change(viewer: Viewer, slug: string, form: EditedStrategy): Promise<void> {
    rejectUnsafe(form);
    await this.database.inTransaction(async (tx) => {
      const row = await lockOwn(tx, viewer.memberId, slug);
      if (!EDITABLE_STATUSES.includes(row.status))
        throw new Forbidden('strategies.error.published');
      if (row.version !== form.version) throw new Conflict('strategies.error.stale');
      const now = this.clock.now();
      await saveVersion(tx, row.id, now);
      await tx.getRepository(CopingStrategy).update(
        { id: row.id },
        {
          ...contentOf(form),
          // The row is locked, so no concurrent request can increment the version.
          version: row.version + 1,
          status: 'proposed',
          withdrawnBy: null,
          updatedAt: now,
        },
      );
      await this.openReview(tx, row.id, form);
    });
  }

  /** Withdraws a strategy at any time, without a reason. It becomes invisible to everybody else. */
  async withdraw(viewer: Viewer, slug: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const row = await lockOwn(tx, viewer.memberId, slug);
      const now = this.clock.now();
      await tx
        .getRepository(CopingStrategy)
        .update(
          { id: row.id, status: Not('withdrawn') },
          { status: 'withdrawn', withdrawnBy: 'author', updatedAt: now },
        );
      await executeIn(
        tx,
        `
          update review_cases
          set state = 'closed', closed_at = :now, outcome = 'dismiss', version = version + 1
          where kind = 'strategy' and strategy_id = :rowId and state = 'open'
        `,
        { rowId: row.id, now },
      );
    });
  }

  private async insert(
    tx: Tx,
    viewer: Viewer,
    form: OwnStrategy,
    origin: StrategyOrigin | null,
    key: string | null,
  ): Promise<string> {
    const slug = await freeStrategySlug(tx, form.name);
    const credit = origin?.credit ?? { name: viewer.handle, from: 'handle' };
    const now = this.clock.now();
    const id = await insertOne(tx, CopingStrategy, {
      ...contentOf(form),
      stableId: `local:${randomLetters()}`,
      slug,
      language: languageOf(textOf(form), viewer.locale) ?? viewer.locale ?? 'en',
      origin: 'peer',
      status: 'proposed',
      memberId: viewer.memberId,
      sourcePostId: origin?.postId ?? null,
      credit: form.credited ? credit.name : '',
      creditFrom: credit.from,
      idempotencyKey: key,
      createdAt: now,
      updatedAt: now,
    });
    if (origin !== null) await this.linkToPost(tx, id, origin.postId, now);
    await this.openReview(tx, id, form);
    return slug;
  }

  /** Tags the post with the strategy, and resolves a request for it. */
  private async linkToPost(tx: Tx, id: string, postId: string, now: Date): Promise<void> {
    await executeIn(
      tx,
      `
        insert into post_strategies (post_id, strategy_id, state, created_at)
        values (:postId, :id, 'accepted', :now)
        on conflict
        do nothing
      `,
      { postId, id, now },
    );
    await executeIn(
      tx,
      `
        insert into strategy_wishes (post_id, state, created_at, answered_at)
        values (:postId, 'taken', :now, :now)
        on conflict (post_id)
        do update set state = 'taken', answered_at = :now
      `,
      { postId, now },
    );
  }

  private async openReview(tx: Tx, id: string, texts: StrategyTexts): Promise<void> {
    const { tier, rulesVersion } = this.screening.screen(
      textsOf(texts)
        .map(({ text }) => text)
        .join('\n'),
      { writtenAs: 'reply' },
    );
    await this.cases.open(tx, {
      subject: { kind: 'strategy', strategyId: id },
      communityId: null,
      tier,
      reasons: [{ source: 'hold', reason: 'strategy' }],
      rulesVersion,
    });
  }
}

async function lockOwn(
  tx: Tx,
  memberId: string,
  slug: string,
): Promise<{ id: string; version: number; status: string }> {
  const [row] = await queryIn<{ id: string; version: number; status: string }>(
    tx,
    `
      select id, version, status
      from coping_strategies
      where slug = :slug and member_id = :memberId
      for update
    `,
    { slug, memberId },
  );
  if (row === undefined) throw new NotFound();
  return row;
}
