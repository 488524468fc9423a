import type { Translator } from '../i18n/translator.js';
import type { ThreadRow } from '../threads/thread-list.queries.js';
import { threadItem, type ThreadItem } from '../threads/thread-list.view.js';
import type { VisitedCommunityRow } from './visits.queries.js';

export interface VisitWeekFacts {
  readonly community: VisitedCommunityRow;
  readonly threads: readonly ThreadRow[];
}

export interface VisitWeekView {
  slug: string;
  name: string;
  /** When the visit ends; null for a membership. */
  visitUntil: string | null;
  threads: ThreadItem[];
}

export function visitWeekView(facts: VisitWeekFacts, i18n: Translator): VisitWeekView {
  const { slug, name, visitUntil } = facts.community;
  return {
    slug,
    name,
    visitUntil: visitUntil === null ? null : i18n.date(visitUntil),
    threads: facts.threads.map((row) => threadItem(row, i18n)),
  };
}
