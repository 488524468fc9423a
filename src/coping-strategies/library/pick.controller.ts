import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { page, type Page } from '../../http/page.js';
import { AllowReplicaLag } from '../../http/replica-reads.js';
import { I18n, CurrentViewer } from '../../http/request.js';
import type { MaybeViewer } from '../../http/viewer.js';
import type { Translator } from '../../i18n/translator.js';
import { readFilter } from './library-filter.js';
import { pickView } from './library.view.js';
import { StrategyLibrary } from './strategy-library.service.js';

/** Picks one strategy for a need and a time, for readers who find choosing too hard. */
@Controller('strategies/pick')
export class PickController {
  constructor(private readonly library: StrategyLibrary) {}

  @Get()
  @AllowReplicaLag()
  async pick(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const filter = readFilter(req.query);
    const not = typeof req.query.not === 'string' ? req.query.not.slice(0, 80) : '';
    const isSubmitted = Object.keys(req.query).length > 0;
    const pick = isSubmitted ? await this.library.pick(viewer, i18n.locale, filter, not) : null;
    const view = pickView(pick, filter, not, i18n);
    return page('strategies/pick', view, { titleKey: 'strategies.pick.title' });
  }
}
