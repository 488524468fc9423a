import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../http/viewer.js';
import { Sql, statement } from '../../kernel/sql.js';
import { SafetyPlans, type EmergencyCard } from '../../safety-plans/safety-plans.js';
import { Vault, type PrivateKey } from '../../vault/vault.js';
import { PrivateLock, type LockState } from '../core/private-lock.service.js';
import type { ToolkitSettings } from '../core/toolkit-settings.service.js';
import {
  ToolkitReader,
  type ItemList,
  type ItemListQuery,
} from '../items/toolkit-reader.service.js';

interface AroundRow extends LockState {
  wrapped: Buffer | null;
  wrappedBy: string | null;
  card: Buffer | null;
  hideCounts: boolean | null;
  followUp: string | null;
}

// One statement instead of one for each table: what a statement costs is not its few rows.
const around = statement<{ memberId: string; sessionId: string }, AroundRow>(
  'toolkit.around',
  `
    select k.wrapped, k.wrapped_by as "wrappedBy", p.card, s.hide_counts as "hideCounts",
      s.lock_minutes as "lockMinutes", u.until as "openUntil", (
        select q.id
        from toolkit_sheets q
        where q.member_id = :memberId
          and q.ask_later
          and q.asked_at is not null
          and q.nearer is null
        order by q.id desc
        limit 1
      ) as "followUp"
    from (select) one
    left join private_keys k on k.member_id = :memberId
    left join safety_plans p on p.member_id = :memberId
    left join toolkit_settings s on s.member_id = :memberId
    left join toolkit_unlocks u on u.session_id = :sessionId
  `,
);

/** What the toolkit's first page shows of a member. */
export interface ToolkitHomeFacts {
  list: ItemList;
  /** Null if there is none, or decryption fails. */
  card: EmergencyCard | null;
  settings: Pick<ToolkitSettings, 'hideCounts' | 'lockMinutes'>;
  /** Id of the newest sheet whose follow-up question is due and unanswered. */
  followUp: string | null;
}

/** Reads the toolkit's first page. */
@Injectable()
export class ToolkitHome {
  constructor(
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly plans: SafetyPlans,
    private readonly lock: PrivateLock,
    private readonly reader: ToolkitReader,
  ) {}

  /**
   * The lock is read together with the content, of which nothing is decrypted before it is known.
   * @returns null while the viewer's private area is locked
   */
  async of(viewer: Viewer, query: ItemListQuery): Promise<ToolkitHomeFacts | null> {
    const { memberId, sessionId } = viewer;
    const reading = this.sql.first(around, { memberId, sessionId });
    const unlocking = reading.then((row) => this.isOpen(viewer, row));
    const opening = Promise.all([reading, unlocking]).then(([row, isOpen]) =>
      isOpen ? this.keyOf(memberId, row) : null,
    );
    const [row, isOpen, key, list] = await Promise.all([
      reading,
      unlocking,
      opening,
      this.reader.list(memberId, query, opening),
    ]);
    if (!isOpen) return null;
    return {
      list,
      card: this.plans.card(key, row?.card ?? null),
      settings: { hideCounts: row?.hideCounts ?? false, lockMinutes: row?.lockMinutes ?? null },
      followUp: row?.followUp ?? null,
    };
  }

  private async isOpen(viewer: Viewer, row: AroundRow | null): Promise<boolean> {
    return row !== null && !(await this.lock.isLockedBy(viewer, row));
  }

  private async keyOf(memberId: string, row: AroundRow | null): Promise<PrivateKey | null> {
    const { wrapped = null, wrappedBy = null } = row ?? {};
    if (wrapped === null || wrappedBy === null) return null;
    return this.vault.unwrap(memberId, { wrapped, wrappedBy });
  }
}
