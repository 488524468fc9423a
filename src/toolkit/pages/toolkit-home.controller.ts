import { Controller, Get, Req, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import { page, type Page } from '../../http/page.js';
import { I18n, CurrentMember, textQuery } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Config } from '../../kernel/config.js';
import { Sql } from '../../kernel/sql.js';
import { Vault, type PrivateKey } from '../../vault/vault.js';
import type { Translator } from '../../i18n/translator.js';
import { countryOf } from '../../http/reader-country.js';
import { SafetyPlans } from '../../safety-plans/safety-plans.js';
import { collectionName, matches, openItem } from '../items/item-words.js';
import {
  collections,
  itemPage,
  searchable,
  someItems,
  type ItemRow,
} from '../items/items.queries.js';
import { itemView } from '../items/items.view.js';
import { emergencyCardView } from '../core/emergency-card.view.js';
import { PrivateArea } from '../core/private-area.js';
import { dueQuestion } from '../appointments/sheets.queries.js';
import { ToolkitSettingsService } from '../core/toolkit-settings.service.js';
import { toolkitTabs } from '../core/toolkit-tabs.js';

const ITEMS_A_PAGE = 50;

/**
 * Everything a member keeps at hand, the emergency card first. The same few queries for one item
 * and for a thousand.
 */
@Controller('toolkit')
@UseInterceptors(PrivateArea)
export class ToolkitHomeController {
  constructor(
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly plans: SafetyPlans,
    private readonly settings: ToolkitSettingsService,
    private readonly config: Config,
  ) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const q = (textQuery(req, 'q') ?? '').replaceAll('\u0000', '').trim().slice(0, 80);
    const asked = textQuery(req, 'collection');
    const [key, named, own, settings, question] = await Promise.all([
      this.vault.of(viewer.memberId),
      this.sql.rows(collections, { memberId: viewer.memberId }),
      this.plans.of(viewer.memberId),
      this.settings.of(viewer),
      this.sql.first(dueQuestion, { memberId: viewer.memberId }),
    ]);
    const names = new Map(
      named.map((row) => [row.id, collectionName(key, row) ?? i18n.t('toolkit.unreadable')]),
    );
    const collection = named.find((row) => row.id === asked)?.id ?? null;
    const wanted = /^[1-9]\d{0,2}$/.test(textQuery(req, 'page') ?? '')
      ? Number(textQuery(req, 'page'))
      : 1;
    const { rows, total, number } =
      q === ''
        ? await this.page(viewer.memberId, collection, wanted)
        : await this.found(viewer.memberId, collection, wanted, key, q.toLowerCase());
    const last = Math.max(1, Math.ceil(total / ITEMS_A_PAGE));
    const from = (number - 1) * ITEMS_A_PAGE;
    const address = (changes: Record<string, string | null>): string =>
      addressOf({ q: q === '' ? null : q, collection, ...changes });
    const ends = {
      first: from === 0 ? rows[0]?.id : undefined,
      last: from + rows.length === total ? rows.at(-1)?.id : undefined,
    };
    const facts = { names, hideCounts: settings.hideCounts, ...ends };
    const country = countryOf(req, this.config);
    const view = {
      tabs: toolkitTabs(i18n, 'kit'),
      locked: settings.lockMinutes !== null,
      card: emergencyCardView(own.card, country, i18n),
      question: question === null ? null : { id: question.id },
      any: total > 0 || q !== '' || collection !== null,
      q,
      collection,
      // Up and down mean the whole list: within a part of it they would seem to do nothing.
      sortable: q === '' && collection === null,
      here: address({ page: number > 1 ? String(number) : null }),
      items: rows.map((row) => itemView(openItem(key, row), facts, i18n)),
      found: q === '' && collection === null ? null : i18n.t('toolkit.found', { count: total }),
      collections: named.map((row) => ({
        id: row.id,
        name: names.get(row.id) ?? '',
        href: addressOf({ q: null, collection: row.id === collection ? null : row.id }),
        current: row.id === collection,
      })),
      current: collection === null ? null : { id: collection, name: names.get(collection) ?? '' },
      pages:
        last === 1
          ? null
          : {
              summary: i18n.t('toolkit.page', { page: number, last }),
              previous:
                number > 1
                  ? { href: address({ page: number > 2 ? String(number - 1) : null }) }
                  : null,
              next: number < last ? { href: address({ page: String(number + 1) }) } : null,
            },
    };
    return page('toolkit/kit', view, { titleKey: 'toolkit.title' });
  }

  /** A page that is not there any more is the first. */
  private async page(memberId: string, collection: string | null, number: number): Promise<Found> {
    const rows = await this.sql.rows(itemPage, {
      memberId,
      collection,
      limit: ITEMS_A_PAGE,
      offset: (number - 1) * ITEMS_A_PAGE,
    });
    if (rows.length === 0 && number > 1) return this.page(memberId, collection, 1);
    return { rows, total: rows[0]?.total ?? 0, number };
  }

  private async found(
    memberId: string,
    collection: string | null,
    number: number,
    key: PrivateKey | null,
    wanted: string,
  ): Promise<Found> {
    const all = await this.sql.rows(searchable, { memberId, collection });
    const ids = all.filter((row) => matches(key, row, wanted)).map(({ id }) => id);
    const at = Math.min(number, Math.max(1, Math.ceil(ids.length / ITEMS_A_PAGE)));
    return {
      rows: await this.sql.rows(someItems, {
        memberId,
        items: ids.slice((at - 1) * ITEMS_A_PAGE, at * ITEMS_A_PAGE),
      }),
      total: ids.length,
      number: at,
    };
  }
}

interface Found {
  rows: ItemRow[];
  total: number;
  number: number;
}

function addressOf(query: Record<string, string | null>): string {
  const set = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== null);
  return `/toolkit${set.length === 0 ? '' : `?${new URLSearchParams(set).toString()}`}`;
}
