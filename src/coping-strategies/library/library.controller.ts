import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { page, type Page } from '../../http/page.js';
import { PublicPage } from '../../http/public-page.js';
import { AllowReplicaLag } from '../../http/replica-reads.js';
import { I18n, CurrentViewer } from '../../http/request.js';
import type { MaybeViewer } from '../../http/viewer.js';
import type { Translator } from '../../i18n/translator.js';
import { isEmpty, readFilter } from './library-filter.js';
import { LibraryPages } from './library-pages.js';

/** The library of strategies with filters and search. */
@Controller('strategies')
export class LibraryController {
  constructor(private readonly pages: LibraryPages) {}

  @Get()
  @AllowReplicaLag()
  @PublicPage()
  async list(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const filter = readFilter(req.query);
    const content = await this.pages.content(viewer, filter, req.query.after, i18n);
    return page(content.template, content.view, {
      titleKey: 'strategies.title',
      indexable: isEmpty(filter),
      canonical: '/strategies',
      madeOf: ['strategies'],
    });
  }
}
