import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { page, type Page, type SeeOther } from '../../http/page.js';
import { countryOf } from '../../http/reader-country.js';
import { I18n, CurrentMember, textQuery } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Config } from '../../kernel/config.js';
import type { Translator } from '../../i18n/translator.js';
import { emergencyCardView } from '../core/emergency-card.view.js';
import { unlockFirst } from '../core/private-area.js';
import { ToolkitHome } from './toolkit-home.service.js';
import { toolkitHomeView } from './toolkit-home.view.js';

/** The toolkit's first page: the emergency card, followed by the searchable, paginated items. */
@Controller('toolkit')
export class ToolkitHomeController {
  constructor(
    private readonly home: ToolkitHome,
    private readonly config: Config,
  ) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page | SeeOther> {
    const { sharedDevice } = viewer;
    const search = (textQuery(req, 'q') ?? '').replaceAll('\u0000', '').trim().slice(0, 80);
    const query = { search, collection: textQuery(req, 'collection'), page: pageNumber(req) };
    const own = await this.home.of(viewer, query);
    if (own === null) return unlockFirst(req);
    const card = emergencyCardView(own.card, countryOf(req, this.config), i18n);
    const facts = { ...own, search, sharedDevice, card };
    const view = toolkitHomeView(facts, i18n);
    return page('toolkit/kit', view, { titleKey: 'toolkit.title' });
  }
}

function pageNumber(req: Request): number {
  const text = textQuery(req, 'page') ?? '';
  return /^[1-9]\d{0,2}$/.test(text) ? Number(text) : 1;
}
