import { Controller, Get, Req, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import { page, type Page } from '../../http/page.js';
import { countryOf } from '../../http/reader-country.js';
import { CurrentMember, I18n, textQuery } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Config } from '../../kernel/config.js';
import { NotFound } from '../../kernel/errors.js';
import { isId } from '../../kernel/ids.js';
import type { Translator } from '../../i18n/translator.js';
import { SafetyPlans } from '../../safety-plans/safety-plans.js';
import { PrivateArea } from '../core/private-area.js';
import { ToolkitReader } from '../items/toolkit-reader.service.js';
import { keptView } from './kept.view.js';

/** The private pages that a member has stored in their browser for offline use. */
@Controller('toolkit/kept')
@UseInterceptors(PrivateArea)
export class KeptController {
  constructor(
    private readonly reader: ToolkitReader,
    private readonly plans: SafetyPlans,
    private readonly config: Config,
  ) {}

  /** @throws NotFound on a shared device, where nothing is stored */
  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    if (viewer.sharedDevice) throw new NotFound();
    const toolkit = textQuery(req, 'toolkit');
    if (toolkit !== undefined && toolkit !== 'all' && !isId(toolkit)) throw new NotFound();
    const [items, own] = await Promise.all([
      this.reader.itemsWithSteps(viewer.memberId),
      this.plans.of(viewer.memberId),
    ]);
    const view = keptView(
      { own, items, toolkit, withPlan: textQuery(req, 'plan') === 'on' },
      countryOf(req, this.config),
      i18n,
    );
    return page('toolkit/kept', view, { titleKey: 'toolkit.title', layout: 'layouts/kept' });
  }
}
