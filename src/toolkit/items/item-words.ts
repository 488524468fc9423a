import type { PrivateKey } from '../../vault/vault.js';
import type { CollectionRow, ItemRow, SearchableRow } from './items.queries.js';

export const ITEM_FIELD = 'toolkit_items.words';
export const COLLECTION_FIELD = 'toolkit_collections.words';

/** What a member wrote beside a strategy, or instead of one. */
export interface ItemTexts {
  name: string;
  note: string;
  steps: string[];
}

const NONE: ItemTexts = { name: '', note: '', steps: [] };

export interface Item {
  readonly row: ItemRow;
  readonly words: ItemTexts;
  /** Sealed words that do not open: changed in the database, or their key is gone. */
  readonly damaged: boolean;
}

export function openItem(key: PrivateKey | null, row: ItemRow): Item {
  const opened = openWords<ItemTexts>(key, ITEM_FIELD, row.id, row.words);
  return {
    row,
    words: { ...NONE, ...(opened ?? {}) },
    damaged: row.words !== null && opened === null,
  };
}

/**
 * Null for what is not there, and for what does not open: one damaged row must not take the page
 * with it.
 */
export function openWords<Words>(
  key: PrivateKey | null,
  field: string,
  id: string,
  sealed: Buffer | null,
): Words | null {
  if (sealed === null || key === null) return null;
  try {
    return key.open<Words>(field, id, sealed);
  } catch {
    return null;
  }
}

export function collectionName(key: PrivateKey | null, row: CollectionRow): string | null {
  return openWords<{ name: string }>(key, COLLECTION_FIELD, row.id, row.words)?.name ?? null;
}

/** Whether there is a word, anywhere one would look for it. */
export function matches(key: PrivateKey | null, row: SearchableRow, wanted: string): boolean {
  const own = openWords<Partial<ItemTexts>>(key, ITEM_FIELD, row.id, row.words);
  return [
    row.name ?? '',
    row.summary ?? '',
    own?.name ?? '',
    own?.note ?? '',
    ...(own?.steps ?? []),
  ].some((text) => text.toLowerCase().includes(wanted));
}
