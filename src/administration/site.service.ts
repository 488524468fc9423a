import { Injectable } from '@nestjs/common';
import { Memorials } from '../accounts/memorials.service.js';
import { AuditLog } from '../review/audit-log.js';
import { requireAdmin } from '../http/guards.js';
import { escapeLike, readIdCursor } from '../http/pagination.js';
import { DEFAULTS, SiteSettings, type Settings } from '../http/site-settings.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { FieldError, throwIfInvalid } from '../kernel/errors.js';
import { MemorialForm, type SettingsForm, type SiteRoleForm } from './site.dto.js';
import { executeIn, queryIn, Sql } from '../kernel/sql.js';
import {
  adminMembers,
  memorials,
  type AdminMemberRow,
  type MemorialRow,
} from './administration.queries.js';

export const MEMBERS_PER_PAGE = 50;

/** Site-wide settings, roles and memorials. */
@Injectable()
export class SiteAdministration {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly settings: SiteSettings,
    private readonly auditLog: AuditLog,
    private readonly memorialAccounts: Memorials,
  ) {}

  /**
   * @param prefix of a handle; empty for all
   * @param sent cursor of the page
   * @returns newest first, with one extra row if there are more
   */
  members(prefix: string, sent: unknown): Promise<AdminMemberRow[]> {
    return this.sql.rows(adminMembers, {
      pattern: `${escapeLike(prefix)}%`,
      beforeId: readIdCursor(sent),
      limit: MEMBERS_PER_PAGE + 1,
    });
  }

  memorials(): Promise<MemorialRow[]> {
    return this.sql.rows(memorials);
  }

  /** Stores the settings that changed, each with an audit log entry. */
  async set(viewer: Viewer, form: SettingsForm): Promise<void> {
    requireAdmin(viewer);
    await this.database.inTransaction(async (tx) => {
      await executeIn(tx, 'lock table site_settings in share row exclusive mode');
      const rows = await queryIn<{ key: string; value: unknown }>(
        tx,
        'select key, value from site_settings',
      );
      const before: Record<string, unknown> = {
        ...DEFAULTS,
        ...Object.fromEntries(rows.map(({ key, value }) => [key, value])),
      };
      for (const key of Object.keys(DEFAULTS) as (keyof Settings)[]) {
        if (before[key] === form[key]) continue;
        await executeIn(
          tx,
          `
            insert into site_settings (key, value, updated_by, updated_at)
            values (:key, :value, :viewerId, :now)
            on conflict (key)
            do update set value = excluded.value, updated_by = excluded.updated_by,
              updated_at = excluded.updated_at
          `,
          {
            key,
            value: JSON.stringify(form[key]),
            viewerId: viewer.memberId,
            now: this.clock.now(),
          },
        );
        await this.auditLog.write(tx, viewer.memberId, {
          action: 'setting.changed',
          reason: form.reason,
          detail: { key, from: before[key], to: form[key] },
        });
      }
    });
    await this.settings.refresh();
  }

  /**
   * Changes a site-wide role. Nobody can change their own, so that at least one administrator
   * remains.
   */
  async giveRole(viewer: Viewer, form: SiteRoleForm): Promise<void> {
    requireAdmin(viewer);
    if (form.handle.toLowerCase() === viewer.handle.toLowerCase())
      throw new FieldError('handle', 'administration.error.own-role');
    await this.database.inTransaction(async (tx) => {
      const [before] = await queryIn<{ id: string; role: string }>(
        tx,
        `
          select id, role
          from members
          where handle = :handle::citext and closed_at is null and memorial_at is null
          for update
        `,
        { handle: form.handle },
      );
      if (before === undefined) throw new FieldError('handle', 'administration.error.no-account');
      if (before.role === form.role) return;
      await executeIn(tx, 'update members set role = :role where id = :memberId', {
        memberId: before.id,
        role: form.role,
      });
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'member.role-given',
        memberId: before.id,
        reason: form.reason,
        detail: { from: before.role, to: form.role },
      });
    });
  }

  /**
   * Turns the account of somebody who has died into a memorial. The handle must be entered twice,
   * as nobody can log in to the account afterwards.
   */
  async remember(viewer: Viewer, form: MemorialForm): Promise<void> {
    requireAdmin(viewer);
    const faults = MemorialForm.check(form);
    if (form.handle.toLowerCase() === viewer.handle.toLowerCase())
      faults.unshift({ field: 'handle', key: 'administration.error.yourself' });
    throwIfInvalid(faults);
    await this.database.inTransaction(async (tx) => {
      const memberId = await this.memorialAccounts.make(tx, form.handle);
      if (memberId === null) throw new FieldError('handle', 'administration.error.no-account');
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'member.memorialised',
        memberId,
        reason: form.reason,
      });
    });
  }
}
