import { statement } from '../../kernel/sql.js';

export const saveFeedback = statement<
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

export const removeFeedback = statement<{ id: string; viewerId: string }, object>(
  'strategies.unsay',
  'delete from strategy_feedback where strategy_id = :id and member_id = :viewerId',
);

export const hideStrategy = statement<{ viewerId: string; id: string }, object>(
  'strategies.hide',
  `
    insert into strategy_hides (member_id, strategy_id)
    values (:viewerId, :id)
    on conflict
    do nothing
  `,
);

export const unhideStrategy = statement<{ viewerId: string; id: string }, object>(
  'strategies.unhide',
  'delete from strategy_hides where member_id = :viewerId and strategy_id = :id',
);
