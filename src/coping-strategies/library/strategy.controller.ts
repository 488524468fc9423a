import { Controller, Get, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { page, type Page } from '../../http/page.js';
import { PublicPage } from '../../http/public-page.js';
import { AllowReplicaLag } from '../../http/replica-reads.js';
import { I18n, CurrentViewer } from '../../http/request.js';
import type { MaybeViewer } from '../../http/viewer.js';
import { Config } from '../../kernel/config.js';
import type { Translator } from '../../i18n/translator.js';
import { StrategyAccess } from '../core/strategy-access.js';
import { StrategyLibrary } from './strategy-library.service.js';
import { printedStrategyView, strategyPageView, strategyView } from './strategy-page.view.js';
import { strategyText } from './strategy-text.js';

/** One strategy: as a page, for print, or as plain text. */
@Controller('strategies')
export class StrategyController {
  constructor(
    private readonly access: StrategyAccess,
    private readonly library: StrategyLibrary,
    private readonly config: Config,
  ) {}

  @Get(':slug.txt')
  @AllowReplicaLag()
  async text(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Res({ passthrough: true }) res: Response,
  ): Promise<string> {
    const row = await this.access.load(viewer, slug);
    res.setHeader('Content-Type', 'text/plain; charset=utf-8');
    res.setHeader('Content-Disposition', `inline; filename="${row.slug}.txt"`);
    res.setHeader('Content-Language', row.language);
    res.setHeader('Cache-Control', 'private, no-store');
    const address = `${this.config.baseUrl}/strategies/${row.slug}`;
    return strategyText(strategyView(row, i18n), address, i18n);
  }

  @Get(':slug/print')
  @AllowReplicaLag()
  async print(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    const row = await this.access.load(viewer, slug);
    const address = `${this.config.baseUrl}/strategies/${row.slug}`;
    return page('strategies/print', printedStrategyView(row, address, i18n), { title: row.name });
  }

  @Get(':slug')
  @AllowReplicaLag()
  @PublicPage()
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    const row = await this.access.load(viewer, slug);
    const context = await this.library.contextOf(row, viewer);
    return page('strategies/strategy', strategyPageView(row, context, viewer !== null, i18n), {
      title: row.name,
      indexable: row.status === 'published' && context.stories.every((story) => story.searchable),
      canonical: `/strategies/${row.slug}`,
      madeOf: [`strategy:${row.id}`, 'strategies', 'communities', 'people'],
    });
  }
}
