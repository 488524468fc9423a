import { Controller, Get, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { CurrentViewer, I18n } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { isLastPage, readSearchOptions, type SearchOptions } from '../search/search-options.js';
import { Searching, type SearchOutcome } from '../search/searching.service.js';
import { snippetParts } from '../search/snippet.js';
import { helpFirst } from '../triage/help-topics.js';
import { Screening } from '../triage/screening.js';
import { ApiGuard } from './api.guard.js';
import { Operation } from './documented.js';
import { Help } from './help.js';
import { readQuery } from './json-form.js';
import { SearchJson, SearchQueryJson } from './search.model.js';
import { threadItemJson } from './thread.json.js';

/** Searches the content that the viewer may read. */
@Controller('api/v1/search')
@UseGuards(ApiGuard)
export class ApiSearchController {
  constructor(
    private readonly searching: Searching,
    private readonly screening: Screening,
    private readonly help: Help,
  ) {}

  @Get()
  @Operation({
    summary: 'Search',
    description: 'If the query mentions harm, `help` comes before any results.',
    scope: 'threads:read',
    open: true,
    query: SearchQueryJson,
    answer: SearchJson,
    fails: [422],
  })
  async search(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<SearchJson> {
    const { after, ...asked } = readQuery(SearchQueryJson, req.query);
    const options = readSearchOptions({ ...asked, ...readCursor(after) });
    const topic = helpFirst(options.q, this.screening);
    const mayCorrect = topic?.danger !== true;
    const outcome = await this.searching.search(viewer, options, i18n.locale, mayCorrect);
    return {
      help: topic === null ? null : this.help.ofTopic(req, i18n, topic),
      ...resultsOf(outcome, i18n),
      corrected: outcome.corrected,
      loose: outcome.loose,
      next: nextOf(options, outcome),
    };
  }
}

function resultsOf(
  { found }: SearchOutcome,
  i18n: Translator,
): Pick<SearchJson, 'threads' | 'strategies' | 'communities'> {
  return {
    threads:
      found.place === 'threads'
        ? found.rows.map((row) => ({
            ...threadItemJson(row, i18n),
            contentWarnings: row.notes,
            number: row.number,
            excerpt:
              row.excerpt === null
                ? row.summary
                : snippetParts(row.excerpt)
                    .map(({ text }) => text)
                    .join(''),
          }))
        : [],
    strategies:
      found.place === 'strategies'
        ? found.rows.map(({ slug, name, summary, minutes }) => ({ slug, name, summary, minutes }))
        : [],
    communities:
      found.place === 'communities'
        ? found.rows.map(({ slug, name, summary, joined }) => ({ slug, name, summary, joined }))
        : [],
  };
}

/** The cursor keeps the corrected query, so that the next page continues this one. */
function nextOf(options: SearchOptions, outcome: SearchOutcome): string | null {
  if (!outcome.more || isLastPage(options.page)) return null;
  const { corrected, loose } = outcome;
  const cursor = [String(options.page + 1), corrected ?? options.q, loose ? '1' : ''];
  return Buffer.from(JSON.stringify(cursor)).toString('base64url');
}

/** Anything that is not a valid cursor means the first page. */
function readCursor(text: string): { page?: string; q?: string; loose?: string } {
  if (text === '') return {};
  try {
    const [page, q, loose] = JSON.parse(
      Buffer.from(text, 'base64url').toString('utf8'),
    ) as unknown[];
    return typeof page === 'string' && typeof q === 'string' && typeof loose === 'string'
      ? { page, q, loose }
      : {};
  } catch {
    // Not one of our cursors: start with the first page.
    return {};
  }
}
