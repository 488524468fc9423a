import type { PrivateKey } from '../../vault/vault.js';
import type { Translator } from '../../i18n/translator.js';
import { CHECK_IN_FIELD, type CheckInTexts } from '../core/check-in-texts.js';
import type { CheckInRow } from './check-ins.queries.js';
import { ITEM_FIELD, openTexts, type ItemTexts } from '../items/item-texts.js';

export interface CheckIn extends CheckInTexts {
  id: string;
  at: Date;
  level: number | null;
  before: number | null;
  after: number | null;
  /** The strategy or item used, by its owner's name for it; null for a check-in about the day. */
  about: string | null;
  /** An identifier for grouping check-ins about the same thing. */
  thing: string | null;
}

export function openCheckIn(key: PrivateKey | null, row: CheckInRow, i18n: Translator): CheckIn {
  const texts = openTexts<CheckInTexts>(key, CHECK_IN_FIELD, row.id, row.words) ?? {
    word: '',
    note: row.words === null ? '' : i18n.t('toolkit.unreadable'),
  };
  const own =
    row.itemId === null ? null : openTexts<ItemTexts>(key, ITEM_FIELD, row.itemId, row.itemWords);
  const used = [row.itemId, row.strategyId, row.before, row.after].some((each) => each !== null);
  const name = own?.name !== undefined && own.name !== '' ? own.name : row.strategy;
  return {
    id: row.id,
    at: row.madeAt,
    level: row.level,
    before: row.before,
    after: row.after,
    ...texts,
    about: used ? (name ?? i18n.t('toolkit.progress.something')) : null,
    thing:
      row.strategyId === null
        ? row.itemId === null
          ? null
          : `i${row.itemId}`
        : `s${row.strategyId}`,
  };
}
