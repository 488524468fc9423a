import { Injectable } from '@nestjs/common';
import { MINUTE } from '../kernel/clock.js';
import type { Translator } from '../i18n/translator.js';
import { PageHtml } from '../rendering/page-html.js';
import { Templates } from '../rendering/templates.js';
import type { ThreadRow } from './thread-list.queries.js';
import { threadItem } from './thread-list.view.js';

/** The kinds of lists of recent threads, by the template of their items. */
export type ItemKind = 'community' | 'home-waiting' | 'home-fresh';

/** An item of a list that is rendered already. */
export interface RenderedItem {
  readonly renderedItem: PageHtml;
}

interface Kept extends RenderedItem {
  /** What the HTML depends on besides the row. */
  readonly key: string;
  /** When its texts change, in milliseconds since the epoch. */
  readonly until: number;
}

/** Estimated bytes of what is kept with a row, some of which are of two kinds. */
export const ITEM_BYTES = 700;

/** Days and hours start on a quarter of an hour in UTC, in every time zone. */
const QUARTER = 15 * MINUTE;

/**
 * Renders the items of lists of recent threads, which are the same for every reader of a language
 * and time zone. They are kept for as long as the row of `RecentThreadLists` that they are made of,
 * one of each kind: a row that has changed is another one, so nothing has to be invalidated.
 */
@Injectable()
export class ThreadItems {
  private readonly kept: Record<ItemKind, WeakMap<ThreadRow, Kept>> = {
    community: new WeakMap(),
    'home-waiting': new WeakMap(),
    'home-fresh': new WeakMap(),
  };
  /** Number of items rendered, and of items reused. */
  readonly counts = { rendered: 0, reused: 0 };

  constructor(private readonly templates: Templates) {}

  /** @param row of a list in memory: one that was read for a single reader is not asked for again */
  item(row: ThreadRow, kind: ItemKind, i18n: Translator): RenderedItem {
    const key = `${this.templates.loads} ${i18n.locale} ${i18n.timeZone}`;
    const now = i18n.now.getTime();
    let kept = this.kept[kind].get(row);
    if (kept?.key !== key || kept.until <= now) {
      kept = this.rendered(row, kind, key, i18n);
      this.kept[kind].set(row, kept);
      this.counts.rendered += 1;
    } else this.counts.reused += 1;
    i18n.changesAt(kept.until);
    return kept;
  }

  private rendered(row: ThreadRow, kind: ItemKind, key: string, i18n: Translator): Kept {
    const pageUntil = i18n.trueUntil;
    // To learn how long the texts of this item alone are valid.
    i18n.trueUntil = Infinity;
    const view = threadItem(row, i18n);
    const { bytes } = this.templates.piece(`threads/item-${kind}`, view, { locale: i18n.locale });
    const renderedItem = new PageHtml(bytes.trimEnd());
    const quarter = (Math.floor(i18n.now.getTime() / QUARTER) + 1) * QUARTER;
    const until = Math.min(i18n.trueUntil, quarter);
    i18n.trueUntil = pageUntil;
    return { key, renderedItem, until };
  }
}
