import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { Clock } from '../../kernel/clock.js';
import { Database, insertOne, isDuplicate, type Tx } from '../../kernel/database.js';
import { Conflict, FieldError, Forbidden, NotFound } from '../../kernel/errors.js';
import { Sql, statement, executeIn, queryIn } from '../../kernel/sql.js';
import type { Viewer } from '../../http/viewer.js';
import { ReviewCases } from '../../review/review-cases.js';
import { Screening } from '../../triage/screening.js';
import { CopingStrategy } from '../core/coping-strategy.entity.js';
import { freeStrategySlug, randomLetters } from '../core/slugs.js';
import { unsafeIn } from '../core/strategy-safety.js';
import { keepWording } from '../core/strategy-versions.js';
import {
  textsOf,
  type EditedStrategy,
  type OwnStrategy,
  type StrategyWords,
} from '../core/strategy.dto.js';
import { PLACES, TIMES } from '../core/vocabulary.js';

/** The post that a strategy grew out of, and the name its writer bears there. */
export interface Origin {
  postId: string;
  credit: { name: string; from: 'alias' | 'handle' };
}

const sentBefore = statement<{ viewerId: string; key: string | null }, { slug: string }>(
  'strategies.sent-before',
  'select slug from coping_strategies where member_id = :viewerId and idempotency_key = :key',
);

/** States in which its writer may change it and send it again. */
export const CHANGEABLE = ['draft', 'proposed', 'declined', 'withdrawn'];

/** @throws FieldError with a kind explanation beside the field */
export function refuseUnsafe(words: StrategyWords): void {
  const unsafe = unsafeIn(textsOf(words));
  if (unsafe !== null) throw new FieldError(unsafe.field, `strategies.safety.${unsafe.rule}`);
}

/**
 * What members bring to the library: suggested, changed, taken back. Moderators read all of it
 * first.
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

  /**
   * Sent twice under one key, it is one. @param origin null where it comes from no post @returns
   * its address
   */
  async suggest(viewer: Viewer, form: OwnStrategy, origin: Origin | null): Promise<string> {
    if (!viewer.verified) throw new Forbidden('accounts.error.unverified');
    refuseUnsafe(form);
    const key = form.idempotencyKey === '' ? null : form.idempotencyKey;
    try {
      return await this.database.inTransaction((tx) => this.insert(tx, viewer, form, origin, key));
    } catch (error) {
      const before = isDuplicate(error, 'coping_strategies_idempotency')
        ? await this.sql.first(sentBefore, { viewerId: viewer.memberId, key })
        : null;
      if (before === null) throw error;
      return before.slug;
    }
  }

  /**
   * Changed, it goes to the moderators again. @throws Conflict when it has changed since the form
   * was opened
   */
  async change(viewer: Viewer, slug: string, form: EditedStrategy): Promise<void> {
    refuseUnsafe(form);
    await this.database.inTransaction(async (tx) => {
      const row = await mine(tx, viewer.memberId, slug);
      if (!CHANGEABLE.includes(row.status)) throw new Forbidden('strategies.error.published');
      if (row.version !== form.version) throw new Conflict('strategies.error.stale');
      const now = this.clock.now();
      await keepWording(tx, row.id, now);
      await tx.getRepository(CopingStrategy).update(
        { id: row.id },
        {
          ...strategyTexts(form),
          // The row is locked: nobody else counts up.
          version: row.version + 1,
          status: 'proposed',
          withdrawnBy: null,
          updatedAt: now,
        },
      );
      await this.askModerators(tx, row.id, form);
    });
  }

  /** At any time, without a reason; from then on nobody sees it anywhere. */
  async withdraw(viewer: Viewer, slug: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const row = await mine(tx, viewer.memberId, slug);
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
    origin: Origin | null,
    key: string | null,
  ): Promise<string> {
    const slug = await freeStrategySlug(tx, form.name);
    const named = origin?.credit ?? { name: viewer.handle, from: 'handle' };
    const now = this.clock.now();
    const id = await insertOne(tx, CopingStrategy, {
      ...strategyTexts(form),
      stableId: `local:${randomLetters()}`,
      slug,
      language: viewer.locale ?? 'en',
      origin: 'peer',
      status: 'proposed',
      memberId: viewer.memberId,
      sourcePostId: origin?.postId ?? null,
      credit: form.credited ? named.name : '',
      creditFrom: named.from,
      idempotencyKey: key,
      createdAt: now,
      updatedAt: now,
    });
    if (origin !== null) await this.linkToPost(tx, id, origin.postId, now);
    await this.askModerators(tx, id, form);
    return slug;
  }

  /** The post tells of it from the day it is published, and nobody need ask its writer again. */
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

  private async askModerators(tx: Tx, id: string, words: StrategyWords): Promise<void> {
    const { tier, rulesVersion } = this.screening.screen(
      textsOf(words)
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

/** What a form says of a strategy, by column; no place or time chosen means any. */
export function strategyTexts(
  form: StrategyWords,
): Pick<
  StrategyWords,
  | 'name'
  | 'summary'
  | 'steps'
  | 'fits'
  | 'fitsNot'
  | 'minutes'
  | 'energy'
  | 'needs'
  | 'kinds'
  | 'places'
  | 'times'
  | 'challenges'
> {
  const any = (chosen: string[], all: readonly string[]): string[] =>
    chosen.length === 0 ? [...all] : chosen;
  const { name, summary, steps, fits, fitsNot, minutes, energy, needs, kinds, challenges } = form;
  return {
    name,
    summary,
    steps,
    fits,
    fitsNot,
    minutes,
    energy,
    needs,
    kinds,
    challenges,
    places: any(form.places, PLACES),
    times: any(form.times, TIMES),
  };
}

async function mine(
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
