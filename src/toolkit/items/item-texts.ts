import type { PrivateKey } from '../../vault/vault.js';
import type { CollectionRow, ItemRow, SearchableRow } from './items.queries.js';

export const ITEM_FIELD = 'toolkit_items.words';
export const COLLECTION_FIELD = 'toolkit_collections.words';

/** A member's own texts for a library strategy, or for an item of their own. */
export interface ItemTexts {
  name: string;
  note: string;
  steps: string[];
}

const NONE: ItemTexts = { name: '', note: '', steps: [] };

export interface Item {
  readonly row: ItemRow;
  readonly texts: ItemTexts;
  /** Decryption failed: the row was altered, or its key is gone. */
  readonly damaged: boolean;
}

export function openItem(key: PrivateKey | null, row: ItemRow): Item {
  const opened = openTexts<ItemTexts>(key, ITEM_FIELD, row.id, row.words);
  return {
    row,
    texts: { ...NONE, ...(opened ?? {}) },
    damaged: row.words !== null && opened === null,
  };
}

/**
 * Decrypts an encrypted column. @returns null if it is empty or decryption fails, as one damaged
 * row must not fail the page
 */
export function openTexts<Texts>(
  key: PrivateKey | null,
  field: string,
  id: string,
  sealed: Buffer | null,
): Texts | null {
  if (sealed === null || key === null) return null;
  try {
    return key.open<Texts>(field, id, sealed);
  } catch {
    // The page shows that the text cannot be opened.
    return null;
  }
}

export function collectionName(key: PrivateKey | null, row: CollectionRow): string | null {
  return openTexts<{ name: string }>(key, COLLECTION_FIELD, row.id, row.words)?.name ?? null;
}

/** Whether the text occurs in a name, the summary, the note or the steps. @param text lower case */
export function matches(key: PrivateKey | null, row: SearchableRow, text: string): boolean {
  const own = openTexts<Partial<ItemTexts>>(key, ITEM_FIELD, row.id, row.words);
  return [
    row.name ?? '',
    row.summary ?? '',
    own?.name ?? '',
    own?.note ?? '',
    ...(own?.steps ?? []),
  ].some((part) => part.toLowerCase().includes(text));
}
