import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { helpFirstView } from '../http/help-first.js';
import { page, type Page } from '../http/page.js';
import { I18n, CurrentViewer } from '../http/request.js';
import { isStaff, type MaybeViewer } from '../http/viewer.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { helpFirst } from '../triage/help-topics.js';
import { Screening } from '../triage/screening.js';
import { SavedSearches } from './saved-searches.service.js';
import { fieldsOf, readSearchOptions } from './search-options.js';
import { searchPlaces } from './search.queries.js';
import { nextOf, resultsOf, said, searchForm } from './search.view.js';
import { Searching } from './searching.service.js';

/** Looking for words. What was asked stands in the address, is read by nobody and kept nowhere. */
@Controller('search')
export class SearchController {
  constructor(
    private readonly sql: Sql,
    private readonly searching: Searching,
    private readonly saved: SavedSearches,
    private readonly screening: Screening,
  ) {}

  @Get()
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const wishes = readSearchOptions(req.query);
    const asksPlaces = viewer !== null || wishes.community !== '';
    const places = asksPlaces
      ? await this.sql.rows(searchPlaces, {
          viewerId: viewer?.memberId ?? null,
          isStaff: isStaff(viewer),
          slug: wishes.community,
        })
      : [];
    const help = helpFirst(wishes.q, this.screening);
    const answer =
      wishes.q === ''
        ? null
        : await this.searching.search(viewer, wishes, i18n.locale, help?.danger !== true);
    const view = {
      form: searchForm(wishes, places, i18n),
      help: helpFirstView(help, i18n),
      asked: answer !== null,
      results: answer === null ? [] : resultsOf(answer, i18n),
      said: answer === null ? [] : said(wishes, answer, i18n),
      next: answer === null ? null : nextOf(wishes, answer),
      more: wishes.page > 1,
      saving:
        viewer === null || answer === null
          ? null
          : { fields: Object.entries(fieldsOf(wishes)).map(([name, value]) => ({ name, value })) },
      saved: viewer === null || answer !== null ? [] : await this.saved.of(viewer.memberId),
      member: viewer !== null,
    };
    return page('search/search', view, {
      titleKey: 'search.title',
      indexable: answer === null && Object.keys(fieldsOf(wishes)).length === 0,
      canonical: '/search',
    });
  }
}
