import { Controller, Get, Req, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import { page, type Page } from '../../http/page.js';
import { I18n, CurrentMember, textQuery } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { Config } from '../../kernel/config.js';
import { NotFound } from '../../kernel/errors.js';
import { isId } from '../../kernel/ids.js';
import { Sql } from '../../kernel/sql.js';
import { Vault } from '../../vault/vault.js';
import type { Translator } from '../../i18n/translator.js';
import { countryOf } from '../../http/reader-country.js';
import { SafetyPlans } from '../../safety-plans/safety-plans.js';
import { openItem, type Item } from '../items/item-words.js';
import { wholeItems } from '../items/items.queries.js';
import { itemName, stepsOf } from '../items/items.view.js';
import { emergencyCardView } from '../core/emergency-card.view.js';
import { PrivateArea } from '../core/private-area.js';

interface PrintedItem {
  name: string;
  summary: string;
  note: string;
  steps: string[];
  credit: string | null;
}

export function printedItem(item: Item, i18n: Translator): PrintedItem {
  const { row } = item;
  return {
    name: itemName(item, i18n),
    summary: row.summary ?? '',
    note: item.words.note,
    steps: stepsOf(item),
    credit: row.credit === null ? null : i18n.t('toolkit.item.credit', { name: row.credit }),
  };
}

/** The toolkit on paper: all of it, one collection, one card, or the emergency card alone. */
@Controller('toolkit/print')
@UseInterceptors(PrivateArea)
export class PrintController {
  constructor(
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly plans: SafetyPlans,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const [item, collection, only] = [
      textQuery(req, 'item'),
      textQuery(req, 'collection'),
      textQuery(req, 'only'),
    ];
    if ([item, collection].some((each) => each !== undefined && !isId(each))) throw new NotFound();
    const [key, rows, own] = await Promise.all([
      this.vault.of(viewer.memberId),
      this.sql.rows(wholeItems, { memberId: viewer.memberId }),
      this.plans.of(viewer.memberId),
    ]);
    const chosen =
      only === 'card'
        ? []
        : rows.filter(
            (row) =>
              (item === undefined || row.id === item) &&
              (collection === undefined || row.collections.includes(collection)),
          );
    if (item !== undefined && chosen.length === 0) throw new NotFound();
    const country = countryOf(req, this.config);
    const view = {
      card:
        item === undefined && collection === undefined
          ? emergencyCardView(own.card, country, i18n)
          : null,
      items: chosen.map((row) => printedItem(openItem(key, row), i18n)),
      when: i18n.t('toolkit.print.when', { date: i18n.date(this.clock.now()) }),
    };
    return page('toolkit/print', view, { titleKey: 'toolkit.print.title' });
  }
}
