import { Injectable } from '@nestjs/common';
import { Sql } from '../../kernel/sql.js';
import { Vault, type PrivateKey } from '../../vault/vault.js';
import { collectionName, matches, openItem, type Item } from './item-texts.js';
import {
  collectionPage,
  collections,
  collectionsOfItems,
  itemPage,
  items,
  itemById,
  searchable,
  itemsByIds,
  completeItems,
  type ItemRow,
} from './items.queries.js';

export const ITEMS_PER_PAGE = 50;

export interface Collection {
  id: string;
  /** Null if decryption fails. */
  name: string | null;
}

export interface ItemListQuery {
  /** Text to search for; empty to list everything. */
  search: string;
  /** A collection's id; ignored if the member does not have it. */
  collection: string | undefined;
  /** 1-based. A page past the end is replaced by one that exists. */
  page: number;
}

export interface ItemList {
  collections: Collection[];
  /** The collection to which the list is limited. */
  collection: string | null;
  items: Item[];
  /** Number of matching items on all pages. */
  total: number;
  page: number;
}

interface ItemRowPage {
  rows: ItemRow[];
  total: number;
  page: number;
}

/** Loads and decrypts a member's toolkit. Callers must check authorisation. */
@Injectable()
export class ToolkitReader {
  constructor(
    private readonly sql: Sql,
    private readonly vault: Vault,
  ) {}

  /** Every item in the member's own order, without the steps of library strategies. */
  async items(memberId: string): Promise<Item[]> {
    const [key, rows] = await Promise.all([
      this.vault.of(memberId),
      this.sql.rows(items, { viewerId: memberId }),
    ]);
    return rows.map((row) => openItem(key, row));
  }

  /** Same as `items`, with the steps: for print and export. */
  async itemsWithSteps(memberId: string): Promise<Item[]> {
    const [key, rows] = await Promise.all([
      this.vault.of(memberId),
      this.sql.rows(completeItems, { memberId }),
    ]);
    return rows.map((row) => openItem(key, row));
  }

  async item(memberId: string, id: string | null): Promise<Item | null> {
    const row = await this.sql.first(itemById, { memberId, id });
    if (row === null) return null;
    return openItem(row.words === null ? null : await this.vault.of(memberId), row);
  }

  async collections(memberId: string): Promise<Collection[]> {
    const [key, rows] = await Promise.all([
      this.vault.of(memberId),
      this.sql.rows(collections, { memberId }),
    ]);
    return rows.map((row) => ({ id: row.id, name: collectionName(key, row) }));
  }

  /**
   * One page of items, of one collection or of all, in a constant number of queries.
   * @param opening the member's key, if the caller reads it with something else
   */
  async list(
    memberId: string,
    query: ItemListQuery,
    opening: Promise<PrivateKey | null> = this.vault.of(memberId),
  ): Promise<ItemList> {
    const isWhole = query.search === '' && query.collection === undefined;
    const [key, named, whole] = await Promise.all([
      opening,
      this.sql.rows(collections, { memberId }),
      isWhole ? this.page(memberId, null, query.page) : null,
    ]);
    const collection = named.find((row) => row.id === query.collection)?.id ?? null;
    const { rows, total, page } =
      whole ??
      (query.search === ''
        ? await this.page(memberId, collection, query.page)
        : await this.search(memberId, collection, query.page, key, query.search.toLowerCase()));
    if (named.length > 0) await this.addCollections(rows);
    return {
      collections: named.map((row) => ({ id: row.id, name: collectionName(key, row) })),
      collection,
      items: rows.map((row) => openItem(key, row)),
      total,
      page,
    };
  }

  private async addCollections(rows: ItemRow[]): Promise<void> {
    const found = await this.sql.rows(collectionsOfItems, { items: rows.map(({ id }) => id) });
    const byItem = new Map(found.map(({ id, collections }) => [id, collections]));
    for (const row of rows) row.collections = byItem.get(row.id) ?? [];
  }

  private async page(
    memberId: string,
    collection: string | null,
    page: number,
  ): Promise<ItemRowPage> {
    const part = { memberId, limit: ITEMS_PER_PAGE, offset: (page - 1) * ITEMS_PER_PAGE };
    const rows =
      collection === null
        ? await this.sql.rows(itemPage, part)
        : await this.sql.rows(collectionPage, { ...part, collection });
    if (rows.length === 0 && page > 1) return this.page(memberId, collection, 1);
    return { rows, total: rows[0]?.total ?? 0, page };
  }

  // The member's texts are encrypted, so the database cannot search them.
  private async search(
    memberId: string,
    collection: string | null,
    page: number,
    key: PrivateKey | null,
    text: string,
  ): Promise<ItemRowPage> {
    const candidates = await this.sql.rows(searchable, { memberId, collection });
    const ids = candidates.filter((row) => matches(key, row, text)).map(({ id }) => id);
    const existing = Math.min(page, Math.max(1, Math.ceil(ids.length / ITEMS_PER_PAGE)));
    return {
      rows: await this.sql.rows(itemsByIds, {
        memberId,
        items: ids.slice((existing - 1) * ITEMS_PER_PAGE, existing * ITEMS_PER_PAGE),
      }),
      total: ids.length,
      page: existing,
    };
  }
}
