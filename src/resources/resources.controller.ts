import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { DIFFICULTIES } from '../communities/community-tags.js';
import { tickOptions } from '../http/options.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { I18n, networkOf, textQuery, CurrentViewer } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { ResourceReport } from './resource.dto.js';
import { KINDS, PROBLEMS } from './resource-options.js';
import { resourceBySlug, resourceFacets, shownResources } from './resources.queries.js';
import { Resources } from './resources.service.js';
import { filterView, resourceView, type ResourceFilter } from './resources.view.js';

/** Help and groups outside of this place. Needs no account; nothing that is chosen is kept. */
@Controller('resources')
export class ResourcesController {
  constructor(
    private readonly sql: Sql,
    private readonly resources: Resources,
    private readonly limits: RateLimits,
  ) {}

  @Get()
  async list(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const [facets] = await this.sql.rows(resourceFacets);
    const known = facets ?? { countries: [], languages: [] };
    const from = (name: string, list: readonly string[]): string =>
      list.find((value) => value === textQuery(req, name)) ?? '';
    // What a member said of their country is the first choice, and can be changed here.
    const own =
      viewer?.country != null &&
      known.countries.includes(viewer.country) &&
      textQuery(req, 'country') === undefined
        ? viewer.country
        : '';
    const filter: ResourceFilter = {
      country: from('country', known.countries) || own,
      need: from('need', DIFFICULTIES),
      language: from('language', known.languages),
      kind: from('kind', KINDS),
    };
    const rows = await this.sql.rows(shownResources, {
      country: filter.country,
      need: filter.need,
      language: filter.language,
      kind: filter.kind,
    });
    const view = {
      filter: filterView(filter, known, i18n),
      resources: rows.map((row) => resourceView(row, i18n)),
      editor: viewer?.role === 'admin',
    };
    return page('resources/list', view, {
      titleKey: 'resources.title',
      indexable: Object.keys(req.query).length === 0,
      canonical: '/resources',
    });
  }

  @Get(':slug/report')
  async form(@I18n() i18n: Translator, @Param('slug') slug: string): Promise<Page> {
    return this.reportPage(i18n, slug);
  }

  @Post(':slug/report')
  async report(
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Req() req: Request,
    @Form(ResourceReport) form: Submitted<ResourceReport>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.reportPage(i18n, slug, form);
    await this.limits.count('report-resource', networkOf(req), 10, 3_600);
    await this.resources.report(slug.slice(0, 60), form.value.problem, form.value.note);
    return seeOther('/resources', 'resources.notice.reported');
  }

  private async reportPage(i18n: Translator, slug: string, faulty?: FaultyForm): Promise<Page> {
    const row = await this.sql.first(resourceBySlug, {
      slug: slug.slice(0, 60).replaceAll('\u0000', ''),
    });
    if (row === null) throw new NotFound();
    const form = formView(i18n, faulty);
    const problems = tickOptions(PROBLEMS, form.values.problem, (value) =>
      i18n.t(`resources.problem.${value}`),
    );
    return formPage(
      'resources/report',
      { resource: resourceView(row, i18n), form, problems },
      faulty,
      { titleKey: 'resources.report.title' },
    );
  }
}
