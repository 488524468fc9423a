import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database, isDuplicate, type Tx } from '../../kernel/database.js';
import { Conflict, FieldError, Forbidden, NotFound } from '../../kernel/errors.js';
import { Sql, statement } from '../../kernel/sql.js';
import type { Viewer } from '../../http/viewer.js';
import { ReviewCases } from '../../review/review-cases.js';
import { Screening } from '../../triage/screening.js';
import { freeSlug, randomLetters } from '../core/slugs.js';
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

const sentBefore = statement<{ slug: string }>(
  'strategies.sent-before',
  'select slug from coping_strategies where member_id = $1 and idempotency_key = $2',
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
        ? await this.sql.first(sentBefore, [viewer.memberId, key])
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
      await tx.query(
        `
          update coping_strategies
          set name = $2, summary = $3, steps = $4, fits = $5, fits_not = $6, minutes = $7,
            energy = $8, needs = $9, kinds = $10, places = $11, times = $12,
           challenges = $13, version = version + 1, status = 'proposed', withdrawn_by = null,
             updated_at = $14
           where id = $1`,
        [row.id, ...wordsOf(form), now],
      );
      await this.askModerators(tx, row.id, form);
    });
  }

  /** At any time, without a reason; from then on nobody sees it anywhere. */
  async withdraw(viewer: Viewer, slug: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const row = await mine(tx, viewer.memberId, slug);
      const now = this.clock.now();
      await tx.query(
        `
          update coping_strategies
          set status = 'withdrawn', withdrawn_by = 'author', updated_at = $2
          where id = $1 and status <> 'withdrawn'
        `,
        [row.id, now],
      );
      await tx.query(
        `
          update review_cases
          set state = 'closed', closed_at = $2, outcome = 'dismiss', version = version + 1
          where kind = 'strategy' and strategy_id = $1 and state = 'open'
        `,
        [row.id, now],
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
    const slug = await freeSlug(tx, form.name);
    const named = origin?.credit ?? { name: viewer.handle, from: 'handle' };
    const now = this.clock.now();
    const [row] = (await tx.query(
      `
        insert into coping_strategies (name, summary, steps, fits, fits_not, minutes, energy, needs,
          kinds, places, times, challenges, stable_id, slug, language, origin, status,
         member_id, source_post_id, credit, credit_from, idempotency_key, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'peer', 'proposed',
         $16, $17, $18, $19, $20, $21, $21)
       returning id`,
      [
        ...wordsOf(form),
        `local:${randomLetters()}`,
        slug,
        viewer.locale ?? 'en',
        viewer.memberId,
        origin?.postId ?? null,
        form.credited ? named.name : '',
        named.from,
        key,
        now,
      ],
    )) as [{ id: string }];
    if (origin !== null) await this.linkToPost(tx, row.id, origin.postId, now);
    await this.askModerators(tx, row.id, form);
    return slug;
  }

  /** The post tells of it from the day it is published, and nobody need ask its writer again. */
  private async linkToPost(tx: Tx, id: string, postId: string, now: Date): Promise<void> {
    await tx.query(
      `
        insert into post_strategies (post_id, strategy_id, state, created_at)
        values ($1, $2, 'accepted', $3)
        on conflict
        do nothing
      `,
      [postId, id, now],
    );
    await tx.query(
      `
        insert into strategy_wishes (post_id, state, created_at, answered_at)
        values ($1, 'taken', $2, $2)
        on conflict (post_id)
        do update set state = 'taken', answered_at = $2
      `,
      [postId, now],
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

/** In the order of the columns of the statements above. */
export function wordsOf(form: StrategyWords): unknown[] {
  const any = (chosen: string[], all: readonly string[]): readonly string[] =>
    chosen.length === 0 ? all : chosen;
  return [
    form.name,
    form.summary,
    form.steps,
    form.fits,
    form.fitsNot,
    form.minutes,
    form.energy,
    form.needs,
    form.kinds,
    any(form.places, PLACES),
    any(form.times, TIMES),
    form.challenges,
  ];
}

async function mine(
  tx: Tx,
  memberId: string,
  slug: string,
): Promise<{ id: string; version: number; status: string }> {
  const [row] = (await tx.query(
    `
      select id, version, status
      from coping_strategies
      where slug = $1 and member_id = $2
      for update
    `,
    [slug, memberId],
  )) as { id: string; version: number; status: string }[];
  if (row === undefined) throw new NotFound();
  return row;
}
