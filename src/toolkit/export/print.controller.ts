import { Controller, Get, Req, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import { page, type Page } from '../../http/page.js';
import { countryOf } from '../../http/reader-country.js';
import { I18n, CurrentMember, textQuery } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { Config } from '../../kernel/config.js';
import { NotFound } from '../../kernel/errors.js';
import { isId } from '../../kernel/ids.js';
import type { Translator } from '../../i18n/translator.js';
import { SafetyPlans } from '../../safety-plans/safety-plans.js';
import { emergencyCardView } from '../core/emergency-card.view.js';
import { PrivateArea } from '../core/private-area.js';
import { ToolkitReader } from '../items/toolkit-reader.service.js';
import { printView } from './print.view.js';

/** The toolkit for printing: all of it, one collection, one item, or only the emergency card. */
@Controller('toolkit/print')
@UseInterceptors(PrivateArea)
export class PrintController {
  constructor(
    private readonly reader: ToolkitReader,
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
    const [id, collection] = [textQuery(req, 'item'), textQuery(req, 'collection')];
    if ([id, collection].some((each) => each !== undefined && !isId(each))) throw new NotFound();
    const [all, own] = await Promise.all([
      this.reader.itemsWithSteps(viewer.memberId),
      this.plans.of(viewer.memberId),
    ]);
    const items = all.filter(
      ({ row }) =>
        (id === undefined || row.id === id) &&
        (collection === undefined || row.collections.includes(collection)),
    );
    const isCardOnly = textQuery(req, 'only') === 'card';
    if (id !== undefined && (isCardOnly || items.length === 0)) throw new NotFound();
    const card =
      id === undefined && collection === undefined
        ? emergencyCardView(own.card, countryOf(req, this.config), i18n)
        : null;
    const view = printView(card, isCardOnly ? [] : items, this.clock.now(), i18n);
    return page('toolkit/print', view, { titleKey: 'toolkit.print.title' });
  }
}
