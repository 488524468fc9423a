import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database, type Tx } from '../../kernel/database.js';
import { Conflict, FieldError, Forbidden, NotFound } from '../../kernel/errors.js';
import { requireAdmin } from '../../http/guards.js';
import type { Viewer } from '../../http/viewer.js';
import { contentOf, rejectUnsafe } from '../core/strategy-content.js';
import { CopingStrategy } from '../core/coping-strategy.entity.js';
import { AuditLog } from '../../review/audit-log.js';
import { StrategyPacks, type ImportResult } from './strategy-packs.service.js';
import { saveVersion } from '../core/strategy-versions.js';
import type { SourcedStrategy } from '../core/strategy.dto.js';
import { Sql, queryIn } from '../../kernel/sql.js';
import { escapeLike } from '../../http/pagination.js';
import {
  ADMIN_PAGE,
  adminList,
  adminOne,
  type AdminListRow,
  type AdminStrategyRow,
} from './admin-strategies.queries.js';

/** States by which the list can be filtered. */
export const LISTED_STATES = ['published', 'draft', 'proposed', 'withdrawn'] as const;

export interface AdminListQuery {
  /** A substring of the name, or a slug; empty for all. */
  search: string;
  status: (typeof LISTED_STATES)[number] | null;
  /** Keyset cursor: only strategies with a lower id. */
  before: string;
}

export interface AdminListPage {
  strategies: AdminListRow[];
  /** Cursor of the next page; null on the last one. */
  nextBefore: string | null;
}

interface LockedStrategy {
  id: string;
  version: number;
  status: string;
  memberId: string | null;
  withdrawnBy: string | null;
}

/**
 * Administrators edit, withdraw and publish strategies; each action is recorded in the audit log.
 * Staff can withdraw a member's strategy, but never edit it.
 */
@Injectable()
export class StrategyCare {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly packs: StrategyPacks,
    private readonly auditLog: AuditLog,
  ) {}

  /** Newest first. */
  async list({ search, status, before }: AdminListQuery): Promise<AdminListPage> {
    const params = { status, text: escapeLike(search), before, limit: ADMIN_PAGE + 1 };
    const rows = await this.sql.rows(adminList, params);
    const strategies = rows.slice(0, ADMIN_PAGE);
    const nextBefore = rows.length > strategies.length ? (strategies.at(-1)?.id ?? null) : null;
    return { strategies, nextBefore };
  }

  /** @throws NotFound if administrators may see none with that slug */
  async load(slug: string): Promise<AdminStrategyRow> {
    const row = await this.sql.first(adminOne, { slug: slug.slice(0, 80) });
    if (row === null) throw new NotFound();
    return row;
  }

  /**
   * Stores the edited texts, and the previous ones as a past version.
   * @throws Conflict if it changed since the form was opened
   */
  async change(viewer: Viewer, slug: string, form: SourcedStrategy): Promise<void> {
    requireAdmin(viewer);
    rejectUnsafe(form);
    await this.database.inTransaction(async (tx) => {
      const row = await lockForStaff(tx, slug);
      if (row.memberId !== null) throw new Forbidden('strategies.error.members');
      if (row.version !== form.version) throw new Conflict('strategies.error.stale');
      const now = this.clock.now();
      await saveVersion(tx, row.id, now);
      await tx.getRepository(CopingStrategy).update(
        { id: row.id },
        {
          ...contentOf(form),
          origin: form.origin,
          sourceName: form.sourceName,
          sourceUrl: form.sourceUrl,
          reviewedOn: form.reviewedOn === '' ? null : form.reviewedOn,
          // The row is locked, so no concurrent request can increment the version.
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

  /** @param reason shown to the author; must not be empty */
  async withdraw(viewer: Viewer, slug: string, reason: string): Promise<void> {
    requireAdmin(viewer);
    if (reason === '') throw new FieldError('reason', 'strategies.error.reason');
    await this.database.inTransaction(async (tx) => {
      const row = await lockForStaff(tx, slug);
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

  /** Publishes a draft or withdrawn strategy, except one that its author withdrew. */
  async publish(viewer: Viewer, slug: string): Promise<void> {
    requireAdmin(viewer);
    await this.database.inTransaction(async (tx) => {
      const row = await lockForStaff(tx, slug);
      const isPublishable =
        row.memberId === null || (row.status === 'withdrawn' && row.withdrawnBy === 'staff');
      if (!isPublishable || row.status === 'published')
        throw new Conflict('strategies.error.moved-on');
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

async function lockForStaff(tx: Tx, slug: string): Promise<LockedStrategy> {
  const [row] = await queryIn<LockedStrategy>(
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
