import { statement } from '../kernel/sql.js';

export interface CardRow {
  summary: string;
  /** Ten hexadecimal digits. */
  code: string;
}

export const cardOf = statement<{ communityId: string }, CardRow>(
  'finding.card',
  'select c.summary, c.card_code as code from communities c where c.id = :communityId',
);

/** The community of a card's code; no row if it is archived. */
export const communityByCode = statement<{ code: string }, { slug: string }>(
  'finding.card-code',
  'select c.slug from communities c where c.card_code = :code and c.archived_at is null',
);
