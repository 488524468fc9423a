import { statement } from '../kernel/sql.js';

export interface AnswerRow {
  slug: string;
  name: string;
  about: 'join' | 'supporter';
  accepted: boolean;
  words: string;
  createdAt: Date;
}

/** A moderator's answer, for the member who got it. */
export const ownJoinAnswer = statement<{ id: string; viewerId: string }, AnswerRow>(
  'belonging.own-answer',
  `
    select c.slug, c.name, a.about, a.accepted, a.words, a.created_at as "createdAt"
    from member_answers a
    join communities c on c.id = a.community_id
    where a.id = :id and a.member_id = :viewerId
  `,
);
