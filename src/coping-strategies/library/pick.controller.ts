import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { page, type Page } from '../../http/page.js';
import { I18n, CurrentViewer } from '../../http/request.js';
import type { MaybeViewer } from '../../http/viewer.js';
import { Sql } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { addressOf, filterParams, readFilter, type LibraryFilter } from './library-filter.js';
import { minutesSelect, tagSelect } from './library-form.view.js';
import { pickOne, shortestFor, type PickedRow } from '../core/strategies.queries.js';
import { strategyCard } from '../core/strategies.view.js';

/** For when choosing is too hard: one strategy for a need and the time one has. */
@Controller('strategies/pick')
export class PickController {
  constructor(private readonly sql: Sql) {}

  @Get()
  async pick(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const filter = readFilter(req.query);
    const asked = Object.keys(req.query).length > 0;
    const not = typeof req.query.not === 'string' ? req.query.not.slice(0, 80) : '';
    const { tags, minutes, energies } = filterParams(filter);
    const viewerId = viewer?.memberId ?? null;
    const row = asked
      ? await this.sql.first(pickOne, {
          viewerId,
          mostMinutes: minutes,
          energies,
          language: i18n.locale,
          tags,
          not,
        })
      : null;
    // Honest where nothing fits: what is the shortest that would?
    const nearest =
      asked && row === null && not === ''
        ? await this.sql.first(shortestFor, { viewerId, language: i18n.locale, tags })
        : null;
    const view = {
      form: {
        need: tagSelect(i18n, 'needs', filter),
        minutes: minutesSelect(i18n, filter.minutes),
      },
      picked: row === null ? null : pickedView(row, filter, i18n),
      nothing:
        asked && row === null
          ? i18n.t(not === '' ? 'strategies.pick.nothing' : 'strategies.pick.no-other')
          : null,
      nearest: nearest === null ? null : strategyCard(nearest, i18n),
      all: addressOf('/strategies', filter),
    };
    return page('strategies/pick', view, { titleKey: 'strategies.pick.title' });
  }
}

function pickedView(row: PickedRow, filter: LibraryFilter, i18n: Translator): object {
  return {
    ...strategyCard(row, i18n),
    steps: row.steps,
    fitsNot: row.fitsNot,
    another: addressOf('/strategies/pick', filter, { not: row.slug }),
  };
}
