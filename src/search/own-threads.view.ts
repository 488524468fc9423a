import type { Translator } from '../i18n/translator.js';
import type { OwnThreadRow } from './own-threads.queries.js';

interface OwnThreadView {
  id: string;
  /** Null if the member can no longer open the thread. */
  href: string | null;
  title: string;
  meta: string;
}

export interface OwnThreadsView {
  followed: OwnThreadView[];
  hidden: OwnThreadView[];
}

export function ownThreadsView(rows: readonly OwnThreadRow[], i18n: Translator): OwnThreadsView {
  const listed = (level: OwnThreadRow['level']): OwnThreadView[] =>
    rows.filter((row) => row.level === level).map((row) => ownThreadView(row, i18n));
  return { followed: listed('following'), hidden: listed('muted') };
}

function ownThreadView(row: OwnThreadRow, i18n: Translator): OwnThreadView {
  return {
    id: row.id,
    href: row.title === '' ? null : `/t/${row.id}`,
    title: row.title === '' ? i18n.t('threads.away') : row.title,
    meta: i18n.t('search.own-threads.last', {
      when: i18n.when(row.lastPostAt),
      name: row.community,
    }),
  };
}
