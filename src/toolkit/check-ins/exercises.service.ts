import { Injectable } from '@nestjs/common';
import type { MaybeViewer, Viewer } from '../../http/viewer.js';
import { NotFound } from '../../kernel/errors.js';
import { newToken } from '../../kernel/ids.js';
import { Sql } from '../../kernel/sql.js';
import { Vault } from '../../vault/vault.js';
import type { Translator } from '../../i18n/translator.js';
import { PrivateLock } from '../core/private-lock.service.js';
import { ITEM_FIELD, openTexts, type ItemTexts } from '../items/item-texts.js';
import { exerciseBySlug } from '../items/items.queries.js';
import { itemName, stepsOf } from '../items/items.view.js';
import { ToolkitItems } from '../items/toolkit-items.service.js';

/** A library strategy or own item for a step-by-step exercise. */
export interface Exercise {
  /** The path of its pages. */
  path: string;
  /** The URL to which its check-in is sent. */
  action: string;
  idempotencyKey: string;
  strategyId: string | null;
  itemId: string | null;
  slug: string | null;
  name: string;
  summary: string;
  note: string;
  minutes: number | null;
  steps: string[];
  /** The steps are the member's own version of a library strategy. */
  adapted: boolean;
  credit: string | null;
  /**
   * Whether the library's steps are shown instead of the member's; null if there is no such choice.
   */
  original: boolean | null;
}

/** Loads strategies and items for step-by-step exercises. */
@Injectable()
export class Exercises {
  constructor(
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly lock: PrivateLock,
    private readonly items: ToolkitItems,
  ) {}

  /** @throws NotFound if the member has no such item, or it has no steps */
  async ofItem(viewer: Viewer, i18n: Translator, id: string): Promise<Exercise> {
    const item = await this.items.open(viewer, id);
    const steps = stepsOf(item);
    if (steps.length === 0) throw new NotFound('toolkit.error.no-steps');
    return {
      path: `/toolkit/items/${id}/use`,
      action: `/toolkit/items/${id}/check-ins`,
      idempotencyKey: newToken(12),
      strategyId: item.row.strategyId,
      itemId: id,
      slug: item.row.slug,
      name: itemName(item, i18n),
      summary: '',
      note: item.texts.note,
      minutes: item.row.minutes,
      steps,
      adapted: false,
      credit: item.row.credit,
      original: null,
    };
  }

  /**
   * @param original whether to show the library's steps although the member adapted them
   * @throws NotFound if the strategy is not in the library
   */
  async ofStrategy(viewer: MaybeViewer, slug: string, original: boolean): Promise<Exercise> {
    const row = await this.sql.first(exerciseBySlug, { slug, memberId: viewer?.memberId ?? null });
    if (row === null) throw new NotFound();
    const own = await this.ownTexts(viewer, row.itemId, row.words);
    const adapted = own !== null && own.steps.length > 0;
    return {
      path: `/toolkit/use/${slug}`,
      action: `/strategies/${slug}/check-ins`,
      idempotencyKey: newToken(12),
      strategyId: row.strategyId,
      itemId: row.itemId,
      slug,
      name: own !== null && own.name !== '' && !original ? own.name : row.name,
      summary: row.summary,
      note: own?.note ?? '',
      minutes: row.minutes,
      steps: adapted && !original ? own.steps : row.steps,
      adapted: adapted && !original,
      credit: row.credit,
      original: adapted ? original : null,
    };
  }

  // While the private area is locked, the library's texts stay usable but the member's own are not
  // shown.
  private async ownTexts(
    viewer: MaybeViewer,
    itemId: string | null,
    sealed: Buffer | null,
  ): Promise<ItemTexts | null> {
    if (viewer === null || itemId === null || sealed === null || (await this.lock.isLocked(viewer)))
      return null;
    const key = await this.vault.of(viewer.memberId);
    const texts = openTexts<Partial<ItemTexts>>(key, ITEM_FIELD, itemId, sealed);
    if (texts === null) return null;
    return { name: texts.name ?? '', note: texts.note ?? '', steps: texts.steps ?? [] };
  }
}
