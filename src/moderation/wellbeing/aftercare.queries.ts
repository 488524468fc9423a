import { statement } from '../../kernel/sql.js';

export const ownAftercare = statement<{ id: string; viewerId: string }, { id: string }>(
  'moderation.own-aftercare',
  'select id from aftercare_notes where id = :id and member_id = :viewerId',
);
