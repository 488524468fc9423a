import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { DIFFICULTIES } from '../communities/community-tags.js';
import { formPage } from '../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { PublicPage } from '../http/public-page.js';
import { RateLimits } from '../http/rate-limit.js';
import { AllowReplicaLag } from '../http/replica-reads.js';
import { I18n, networkOf, choiceQuery, textQuery, CurrentViewer } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { ResourceReport } from './resource.dto.js';
import { KINDS } from './resource-options.js';
import type { ResourceFacets, ResourceFilter } from './resources.queries.js';
import { Resources } from './resources.service.js';
import { reportView, resourceListView } from './resources.view.js';

/** Help and groups elsewhere. Needs no account; the filter is not stored. */
@Controller('resources')
export class ResourcesController {
  constructor(
    private readonly resources: Resources,
    private readonly limits: RateLimits,
  ) {}

  @Get()
  @AllowReplicaLag()
  @PublicPage()
  async list(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const facets = await this.resources.facets();
    const filter = readFilter(req, viewer, facets);
    const rows = await this.resources.list(filter);
    const shown = { filter, page: readPage(req), editor: viewer?.role === 'admin' };
    const view = resourceListView(rows, shown, facets, i18n);
    return page('resources/list', view, {
      titleKey: 'resources.title',
      indexable: Object.keys(req.query).length === 0,
      canonical: '/resources',
      madeOf: ['resources'],
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

  private async reportPage(i18n: Translator, slug: string, faulty?: InvalidForm): Promise<Page> {
    const row = await this.resources.bySlug(slug);
    return formPage('resources/report', reportView(row, i18n, faulty), faulty, {
      titleKey: 'resources.report.title',
    });
  }
}

/** 1-based; anything that is not a number means the first page. */
function readPage(req: Request): number {
  const sent = textQuery(req, 'page') ?? '';
  return /^[1-9]\d{0,3}$/.test(sent) ? Number(sent) : 1;
}

/** Unknown values are ignored. Defaults to the member's own country. */
function readFilter(req: Request, viewer: MaybeViewer, facets: ResourceFacets): ResourceFilter {
  const ownCountry =
    textQuery(req, 'country') === undefined
      ? facets.countries.find((country) => country === viewer?.country)
      : undefined;
  return {
    country: ownCountry ?? choiceQuery(req, 'country', facets.countries),
    need: choiceQuery(req, 'need', DIFFICULTIES),
    language: choiceQuery(req, 'language', facets.languages),
    kind: choiceQuery(req, 'kind', KINDS),
  };
}
