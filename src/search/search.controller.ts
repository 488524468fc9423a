import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { page, type Page } from '../http/page.js';
import { InWords, Who } from '../http/request.js';
import { isStaff, type MaybeViewer } from '../http/viewer.js';
import { Sql } from '../kernel/sql.js';
import type { Words } from '../kernel/words.js';
import { Screening } from '../safety/screening.js';
import { helpFirst } from './help-first.js';
import { SavedSearches } from './saved-searches.service.js';
import { fieldsOf, readWishes } from './search-wishes.js';
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
    @Who() viewer: MaybeViewer,
    @InWords() words: Words,
    @Req() req: Request,
  ): Promise<Page> {
    const wishes = readWishes(req.query);
    const asksPlaces = viewer !== null || wishes.community !== '';
    const places = asksPlaces
      ? await this.sql.rows(searchPlaces, [
          viewer?.memberId ?? null,
          isStaff(viewer),
          wishes.community,
        ])
      : [];
    const worried = helpFirst(wishes.q, this.screening);
    const answer =
      wishes.q === '' ? null : await this.searching.search(viewer, wishes, words.locale, !worried);
    const view = {
      form: searchForm(wishes, places, words),
      worried,
      asked: answer !== null,
      results: answer === null ? [] : resultsOf(answer, words),
      said: answer === null ? [] : said(wishes, answer, words),
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
