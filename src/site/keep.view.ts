import { selectOptions, type SelectOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import type { Collection } from '../toolkit/items/toolkit-reader.service.js';

/**
 * The collections to choose from; `none` for a guest, `locked` while the private area is locked.
 */
export type OwnPages = Collection[] | 'none' | 'locked';

interface KeepFacts {
  /** The device is shared, so nothing is stored on it. */
  shared: boolean;
  own: OwnPages;
  /** The URL to which the quick exit leads. */
  away: string;
}

interface KeepView {
  shared: boolean;
  locked: boolean;
  own: boolean;
  toolkit: SelectOption[];
  /** Contains `{date}`, which the browser fills in. */
  saved: string;
  away: string;
}

export function keepView({ shared, own, away }: KeepFacts, i18n: Translator): KeepView {
  const collections = typeof own === 'string' ? [] : own;
  const names = new Map(
    collections.map(({ id, name }) => [
      id,
      i18n.t('offline.keep.collection', { name: name ?? i18n.t('toolkit.unreadable') }),
    ]),
  );
  const fixed = { '': 'offline.keep.toolkit-none', all: 'offline.keep.toolkit-all' } as const;
  return {
    shared,
    locked: own === 'locked',
    own: typeof own !== 'string',
    toolkit: selectOptions(['', 'all', ...names.keys()], '', (value) =>
      value === '' || value === 'all' ? i18n.t(fixed[value]) : (names.get(value) ?? ''),
    ),
    saved: i18n.t('offline.keep.saved', { date: '{date}' }),
    away,
  };
}
