import { Controller, Get, Req, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import { page, type Page } from '../../http/page.js';
import { countryOf } from '../../http/reader-country.js';
import { I18n, CurrentMember, textQuery } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Config } from '../../kernel/config.js';
import type { Translator } from '../../i18n/translator.js';
import { SafetyPlans } from '../../safety-plans/safety-plans.js';
import { Sheets } from '../appointments/sheets.service.js';
import { emergencyCardView } from '../core/emergency-card.view.js';
import { PrivateArea } from '../core/private-area.js';
import { ToolkitSettingsService } from '../core/toolkit-settings.service.js';
import { ToolkitReader } from '../items/toolkit-reader.service.js';
import { toolkitHomeView } from './toolkit-home.view.js';

/** The toolkit's first page: the emergency card, followed by the searchable, paginated items. */
@Controller('toolkit')
@UseInterceptors(PrivateArea)
export class ToolkitHomeController {
  constructor(
    private readonly reader: ToolkitReader,
    private readonly plans: SafetyPlans,
    private readonly sheets: Sheets,
    private readonly settings: ToolkitSettingsService,
    private readonly config: Config,
  ) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const { memberId, sharedDevice } = viewer;
    const search = (textQuery(req, 'q') ?? '').replaceAll('\u0000', '').trim().slice(0, 80);
    const query = { search, collection: textQuery(req, 'collection'), page: pageNumber(req) };
    const [list, own, settings, followUp] = await Promise.all([
      this.reader.list(memberId, query),
      this.plans.of(memberId),
      this.settings.of(viewer),
      this.sheets.dueFollowUp(memberId),
    ]);
    const card = emergencyCardView(own.card, countryOf(req, this.config), i18n);
    const facts = { search, list, settings, sharedDevice, card, followUp };
    const view = toolkitHomeView(facts, i18n);
    return page('toolkit/kit', view, { titleKey: 'toolkit.title' });
  }
}

function pageNumber(req: Request): number {
  const text = textQuery(req, 'page') ?? '';
  return /^[1-9]\d{0,2}$/.test(text) ? Number(text) : 1;
}
