import type { Translator } from '../i18n/translator.js';
import type { AnswerRow } from './join-answer.queries.js';

export interface JoinAnswerView {
  slug: string;
  name: string;
  lead: string;
  /** The moderator's message. */
  line: string;
  when: string;
  accepted: boolean;
  /** Whether it answers a request to join, rather than an offer of support. */
  join: boolean;
}

export function joinAnswerView(row: AnswerRow, i18n: Translator): JoinAnswerView {
  const outcome = `${row.about}.${row.accepted ? 'yes' : 'no'}`;
  return {
    slug: row.slug,
    name: row.name,
    lead: i18n.t(`belonging.answer.${outcome}`, { name: row.name }),
    line: row.words,
    when: i18n.when(row.createdAt),
    accepted: row.accepted,
    join: row.about === 'join',
  };
}
