import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { page, type Page } from '../../http/page.js';
import { I18n, CurrentViewer } from '../../http/request.js';
import type { MaybeViewer } from '../../http/viewer.js';
import { Sql } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { addressOf, filterParams, isEmpty, readCursor, readFilter } from './library-filter.js';
import { libraryForm } from './library-form.view.js';
import { library, STRATEGIES_A_PAGE } from '../core/strategies.queries.js';
import { strategyCard } from '../core/strategies.view.js';

/** The library of strategies: one query, whatever is asked. */
@Controller('strategies')
export class LibraryController {
  constructor(private readonly sql: Sql) {}

  @Get()
  async list(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const filter = readFilter(req.query);
    const { tags, minutes, energies } = filterParams(filter);
    const after = readCursor(req.query.after);
    const query = {
      viewerId: viewer?.memberId ?? null,
      mostMinutes: minutes,
      energies,
      language: i18n.locale,
      minutes: after.minutes,
      id: after.id,
      limit: STRATEGIES_A_PAGE + 1,
      tags,
    };
    const rows =
      filter.q !== ''
        ? await this.sql.rows(library.found, { ...query, query: filter.q })
        : await this.sql.rows(tags.length > 0 ? library.tagged : library.all, query);
    const shown = rows.slice(0, STRATEGIES_A_PAGE);
    const last = shown.at(-1);
    const view = {
      form: libraryForm(filter, i18n),
      filtered: !isEmpty(filter),
      strategies: shown.map((row) => strategyCard(row, i18n)),
      next:
        rows.length > shown.length && last !== undefined
          ? addressOf('/strategies', filter, { after: `${last.minutes}-${last.id}` })
          : null,
      more: after.id !== '0',
    };
    return page('strategies/library', view, {
      titleKey: 'strategies.title',
      indexable: isEmpty(filter),
      canonical: '/strategies',
    });
  }
}
