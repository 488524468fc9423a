import { Controller, Get, Param, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { StrategyAccess } from '../coping-strategies/core/strategy-access.js';
import { readCursor, readFilter } from '../coping-strategies/library/library-filter.js';
import {
  StrategyLibrary,
  type LibraryPage,
} from '../coping-strategies/library/strategy-library.service.js';
import { CurrentViewer, I18n } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { ApiGuard } from './api.guard.js';
import { Operation, type Fields } from './documented.js';
import { readQuery } from './json-form.js';
import {
  StrategyJson,
  StrategyListJson,
  StrategyListQuery,
  type StrategyItemJson,
} from './strategy.model.js';

/** The library of coping strategies. */
@Controller('api/v1/strategies')
@UseGuards(ApiGuard)
export class ApiStrategiesController {
  constructor(
    private readonly library: StrategyLibrary,
    private readonly access: StrategyAccess,
  ) {}

  @Get()
  @Operation({
    summary: 'The library of strategies',
    description: 'In the language of the request, and in English where there is no translation.',
    scope: 'strategies:read',
    open: true,
    query: StrategyListQuery,
    answer: StrategyListJson,
    fails: [422],
  })
  async list(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<StrategyListJson> {
    const { after, ...filter } = readQuery(StrategyListQuery, req.query);
    const { strategies, next } = await this.library.list(
      viewer,
      i18n.locale,
      readFilter(filter),
      readCursor(after),
    );
    return {
      items: strategies.map(itemJson),
      next: next === null ? null : `${next.minutes}-${next.id}`,
    };
  }

  @Get(':slug')
  @Operation({
    summary: 'One strategy',
    scope: 'strategies:read',
    open: true,
    answer: StrategyJson,
    fails: [404],
  })
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @Param('slug') slug: string,
  ): Promise<StrategyJson> {
    const row = await this.access.load(viewer, slug);
    return {
      ...itemJson(row),
      steps: row.steps,
      fits: row.fits,
      fitsNot: row.fitsNot,
      times: row.times,
      source:
        row.sourceName === '' || row.sourceUrl === ''
          ? null
          : { name: row.sourceName, href: row.sourceUrl },
      reviewedOn: row.reviewedOn,
      licence: row.licence,
      version: row.version,
      credit: row.credit === '' ? null : row.credit,
      status: row.status,
      saved: row.saved,
      hidden: row.hidden,
    };
  }
}

function itemJson(row: LibraryPage['strategies'][number]): Fields<StrategyItemJson> {
  return {
    slug: row.slug,
    name: row.name,
    summary: row.summary,
    minutes: row.minutes,
    energy: row.energy,
    needs: row.needs,
    kinds: row.kinds,
    places: row.places,
    language: row.language,
  };
}
