import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Sql, statement } from '../../kernel/sql.js';
import type { Viewer } from '../../http/viewer.js';
import type { Feedback } from '../core/strategy.dto.js';
import { StrategyAccess } from '../core/strategy-access.js';

const say = statement<
  { id: string; viewerId: string; helped: boolean; need: string; situation: string; now: Date },
  object
>(
  'strategies.say',
  `
    insert into strategy_feedback (strategy_id, member_id, helped, need, situation, updated_at)
    values (:id, :viewerId, :helped, :need, :situation, :now)
   on conflict (strategy_id, member_id)
   do update set helped = excluded.helped, need = excluded.need, situation = excluded.situation,
     updated_at = excluded.updated_at`,
);
const unsay = statement<{ id: string; viewerId: string }, object>(
  'strategies.unsay',
  'delete from strategy_feedback where strategy_id = :id and member_id = :viewerId',
);
const hide = statement<{ viewerId: string; id: string }, object>(
  'strategies.hide',
  `
    insert into strategy_hides (member_id, strategy_id)
    values (:viewerId, :id)
    on conflict
    do nothing
  `,
);
const unhide = statement<{ viewerId: string; id: string }, object>(
  'strategies.unhide',
  'delete from strategy_hides where member_id = :viewerId and strategy_id = :id',
);

/**
 * What a member says of a strategy: whether it helped, and that they want to see it no more. Shown
 * to nobody beside their name.
 */
@Injectable()
export class Answers {
  constructor(
    private readonly door: StrategyAccess,
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** One answer a member; the newest counts, `none` takes it back. */
  async say(viewer: Viewer, slug: string, { answer, need, situation }: Feedback): Promise<void> {
    const { id } = await this.door.published(viewer, slug);
    if (answer === 'none') await this.sql.rows(unsay, { id, viewerId: viewer.memberId });
    else
      await this.sql.rows(say, {
        id,
        viewerId: viewer.memberId,
        helped: answer === 'helped',
        need,
        situation,
        now: this.clock.now(),
      });
  }

  async hide(viewer: Viewer, slug: string): Promise<void> {
    const { id } = await this.door.published(viewer, slug);
    await this.sql.rows(hide, { viewerId: viewer.memberId, id });
  }

  async unhide(viewer: Viewer, slug: string): Promise<void> {
    const { id } = await this.door.published(viewer, slug);
    await this.sql.rows(unhide, { viewerId: viewer.memberId, id });
  }
}
