import { Injectable } from '@nestjs/common';
import { Sql, statement } from '../../kernel/sql.js';
import { SafetyPlans, type EmergencyCard } from '../../safety-plans/safety-plans.js';
import { Vault, type PrivateKey } from '../../vault/vault.js';
import type { ToolkitSettings } from '../core/toolkit-settings.service.js';
import {
  ToolkitReader,
  type ItemList,
  type ItemListQuery,
} from '../items/toolkit-reader.service.js';

interface AroundRow {
  wrapped: Buffer | null;
  wrappedBy: string | null;
  card: Buffer | null;
  hideCounts: boolean | null;
  lockMinutes: number | null;
  followUp: string | null;
}

// One statement instead of one for each table: what a statement costs is not its few rows.
const around = statement<{ memberId: string }, AroundRow>(
  'toolkit.around',
  `
    select k.wrapped, k.wrapped_by as "wrappedBy", p.card, s.hide_counts as "hideCounts",
      s.lock_minutes as "lockMinutes", (
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

/** Reads the toolkit's first page. Callers must check authorisation. */
@Injectable()
export class ToolkitHome {
  constructor(
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly plans: SafetyPlans,
    private readonly reader: ToolkitReader,
  ) {}

  async of(memberId: string, query: ItemListQuery): Promise<ToolkitHomeFacts> {
    const reading = this.sql.first(around, { memberId });
    const opening = reading.then((row) => this.keyOf(memberId, row));
    const [row, key, list] = await Promise.all([
      reading,
      opening,
      this.reader.list(memberId, query, opening),
    ]);
    return {
      list,
      card: this.plans.card(key, row?.card ?? null),
      settings: { hideCounts: row?.hideCounts ?? false, lockMinutes: row?.lockMinutes ?? null },
      followUp: row?.followUp ?? null,
    };
  }

  private async keyOf(memberId: string, row: AroundRow | null): Promise<PrivateKey | null> {
    const { wrapped = null, wrappedBy = null } = row ?? {};
    if (wrapped === null || wrappedBy === null) return null;
    return this.vault.unwrap(memberId, { wrapped, wrappedBy });
  }
}
