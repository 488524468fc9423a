import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database, type Tx } from '../../kernel/database.js';
import { Conflict, FieldError, Forbidden, NotFound } from '../../kernel/errors.js';
import { requireAdmin } from '../../http/guards.js';
import type { Viewer } from '../../http/viewer.js';
import { refuseUnsafe, strategyTexts } from '../authoring/own-strategies.service.js';
import { CopingStrategy } from '../core/coping-strategy.entity.js';
import { AuditLog } from '../../review/audit-log.js';
import { StrategyPacks, type ImportResult } from './strategy-packs.service.js';
import { keepWording } from '../core/strategy-versions.js';
import type { SourcedStrategy } from '../core/strategy.dto.js';
import { queryIn } from '../../kernel/sql.js';

interface Kept {
  id: string;
  version: number;
  status: string;
  memberId: string | null;
  withdrawnBy: string | null;
}

/**
 * What administrators do with the library; each action leaves a line in the log. A member's words are
 * the member's: staff can only take them out.
 */
@Injectable()
export class StrategyCare {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly packs: StrategyPacks,
    private readonly auditLog: AuditLog,
  ) {}

  /** The words before are kept. @throws Conflict when it has changed since the form was opened */
  async change(viewer: Viewer, slug: string, form: SourcedStrategy): Promise<void> {
    requireAdmin(viewer);
    refuseUnsafe(form);
    await this.database.inTransaction(async (tx) => {
      const row = await kept(tx, slug);
      if (row.memberId !== null) throw new Forbidden('strategies.error.members');
      if (row.version !== form.version) throw new Conflict('strategies.error.stale');
      const now = this.clock.now();
      await keepWording(tx, row.id, now);
      await tx.getRepository(CopingStrategy).update(
        { id: row.id },
        {
          ...strategyTexts(form),
          origin: form.origin,
          sourceName: form.sourceName,
          sourceUrl: form.sourceUrl,
          reviewedOn: form.reviewedOn === '' ? null : form.reviewedOn,
          // The row is locked: nobody else counts up.
          version: row.version + 1,
          updatedAt: now,
        },
      );
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'strategy.changed',
        detail: { strategyId: row.id },
      });
    });
  }

  /** @param reason its writer reads it */
  async withdraw(viewer: Viewer, slug: string, reason: string): Promise<void> {
    requireAdmin(viewer);
    if (reason === '') throw new FieldError('reason', 'strategies.error.reason');
    await this.database.inTransaction(async (tx) => {
      const row = await kept(tx, slug);
      if (row.status !== 'published') throw new Conflict('strategies.error.moved-on');
      await tx.getRepository(CopingStrategy).update(
        { id: row.id },
        {
          status: 'withdrawn',
          withdrawnBy: 'staff',
          moderatorNote: reason,
          updatedAt: this.clock.now(),
        },
      );
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'strategy.withdrawn',
        reason,
        detail: { strategyId: row.id },
      });
    });
  }

  /** Back into the library; never what its writer took back. */
  async publish(viewer: Viewer, slug: string): Promise<void> {
    requireAdmin(viewer);
    await this.database.inTransaction(async (tx) => {
      const row = await kept(tx, slug);
      const ours =
        row.memberId === null || (row.status === 'withdrawn' && row.withdrawnBy === 'staff');
      if (!ours || row.status === 'published') throw new Conflict('strategies.error.moved-on');
      const now = this.clock.now();
      await tx.getRepository(CopingStrategy).update(
        { id: row.id },
        {
          status: 'published',
          withdrawnBy: null,
          moderatorNote: '',
          publishedAt: now,
          updatedAt: now,
        },
      );
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'strategy.published',
        detail: { strategyId: row.id },
      });
    });
  }

  async importPack(viewer: Viewer, text: string): Promise<ImportResult> {
    requireAdmin(viewer);
    const result = await this.packs.importText(text);
    if (result.done !== undefined)
      await this.database.inTransaction((tx) =>
        this.auditLog.write(tx, viewer.memberId, {
          action: 'strategies.imported',
          detail: { ...result.done },
        }),
      );
    return result;
  }
}

async function kept(tx: Tx, slug: string): Promise<Kept> {
  const [row] = await queryIn<Kept>(
    tx,
    `
      select id, version, status, member_id as "memberId", withdrawn_by as "withdrawnBy"
      from coping_strategies
      where slug = :slug and (member_id is null or status in ('published', 'withdrawn'))
      for update
    `,
    { slug },
  );
  if (row === undefined) throw new NotFound();
  return row;
}
