import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { page, type Page } from '../http/page.js';
import { AllowReplicaLag } from '../http/replica-reads.js';
import { I18n, CurrentViewer } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { readSearchOptions } from './search-options.js';
import { SearchPage } from './search-page.service.js';
import { isPlainForm, searchView } from './search.view.js';

/** The search page; its URL contains the query. */
@Controller('search')
export class SearchController {
  constructor(private readonly searchPage: SearchPage) {}

  @Get()
  @AllowReplicaLag()
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const facts = await this.searchPage.read(viewer, readSearchOptions(req.query), i18n.locale);
    const view = searchView(facts, i18n);
    return page('search/search', view, {
      titleKey: 'search.title',
      helpFirst: view.help !== null,
      indexable: isPlainForm(facts),
      canonical: '/search',
    });
  }
}
