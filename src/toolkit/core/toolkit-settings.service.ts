import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { Sql, statement } from '../../kernel/sql.js';

export interface ToolkitSettings {
  hideCounts: boolean;
  /** Only check-ins since then are counted; null for all. */
  countsFrom: Date | null;
  lookBack: boolean;
  remindEvery: number | null;
  lockMinutes: number | null;
}

const UNSET: ToolkitSettings = {
  hideCounts: false,
  countsFrom: null,
  lookBack: false,
  remindEvery: null,
  lockMinutes: null,
};

const read = statement<{ viewerId: string }, ToolkitSettings>(
  'toolkit.settings',
  `
    select hide_counts as "hideCounts", counts_from as "countsFrom", look_back as "lookBack",
      remind_every as "remindEvery", lock_minutes as "lockMinutes"
    from toolkit_settings
    where member_id = :viewerId
  `,
);
// The first reminder is sent one interval after reminders are switched on, not at once.
const write = statement<
  {
    viewerId: string;
    hideCounts: boolean;
    lookBack: boolean;
    remindEvery: number | null;
    lockMinutes: number | null;
    now: Date;
  },
  object
>(
  'toolkit.write-settings',
  `
    insert into toolkit_settings as s (member_id, hide_counts, look_back, remind_every,
      lock_minutes, reminded_at)
    values (:viewerId, :hideCounts, :lookBack, :remindEvery, :lockMinutes, :now)
   on conflict (member_id)
   do update set hide_counts = excluded.hide_counts, look_back = excluded.look_back,
     remind_every = excluded.remind_every, lock_minutes = excluded.lock_minutes,
     reminded_at = case
       when s.remind_every is not distinct from excluded.remind_every then s.reminded_at
       else excluded.reminded_at end`,
);
const reset = statement<{ memberId: string; now: Date }, object>(
  'toolkit.reset-counts',
  `
    with s as (insert into toolkit_settings (member_id, counts_from)
      values (:memberId, :now)
      on conflict (member_id)
      do update set counts_from = excluded.counts_from)
   update toolkit_items set used = 0 where member_id = :memberId`,
);

/** A member's toolkit settings. Everything that sends messages is off by default. */
@Injectable()
export class ToolkitSettingsService {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  async of(viewer: Viewer): Promise<ToolkitSettings> {
    return (await this.sql.first(read, { viewerId: viewer.memberId })) ?? UNSET;
  }

  async save(viewer: Viewer, settings: Omit<ToolkitSettings, 'countsFrom'>): Promise<void> {
    await this.sql.rows(write, {
      viewerId: viewer.memberId,
      hideCounts: settings.hideCounts,
      lookBack: settings.lookBack,
      remindEvery: settings.remindEvery,
      lockMinutes: settings.lockMinutes,
      now: this.clock.now(),
    });
  }

  /** Resets all counters; check-ins are kept. */
  async resetCounts(viewer: Viewer): Promise<void> {
    await this.sql.rows(reset, { memberId: viewer.memberId, now: this.clock.now() });
  }
}
