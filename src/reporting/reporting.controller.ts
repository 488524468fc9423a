import { Controller, Get, Param, Post } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Translator } from '../i18n/translator.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { isDanger } from '../review/review-targets.js';
import { countReport } from './report-limits.js';
import { NewReport } from './reporting.dto.js';
import { Reporting } from './reporting.service.js';
import { ownReportsView, receiptView, reportFormView } from './reporting.view.js';

/** Reports of posts to the moderators, and their outcomes. */
@Controller()
export class ReportingController {
  constructor(
    private readonly reporting: Reporting,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  @Get('posts/:id/report')
  form(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    return this.formPage(viewer, i18n, id);
  }

  @Post('posts/:id/report')
  async report(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(NewReport) form: Submitted<NewReport>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.formPage(viewer, i18n, id, form);
    const post = await this.reporting.reportable(viewer, id);
    const many = await countReport(this.limits, viewer, post, form.value.reason);
    return seeOther(`/reports/${await this.reporting.report(viewer, id, form.value, many)}`);
  }

  @Get('reports')
  async mine(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    const view = ownReportsView(await this.reporting.own(viewer), i18n);
    return page('reporting/mine', view, { titleKey: 'reporting.mine.title' });
  }

  @Get('reports/:number')
  async receipt(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('number') number: string,
  ): Promise<Page> {
    const report = await this.reporting.load(viewer, number);
    const view = receiptView(report, this.clock.now(), i18n);
    return page('reporting/receipt', view, { titleKey: 'reporting.receipt.title' });
  }

  @Post('reports/:number/again')
  async again(@CurrentMember() viewer: Viewer, @Param('number') number: string): Promise<SeeOther> {
    await this.reporting.askAgain(viewer, number, async (reason) => {
      if (!isDanger(reason)) await this.limits.count('report', viewer.memberId, 10, 3_600);
    });
    return seeOther(`/reports/${number}`, 'reporting.notice.again');
  }

  private async formPage(
    viewer: Viewer,
    i18n: Translator,
    id: string,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const post = await this.reporting.reportable(viewer, id);
    const view = reportFormView(post, formView(i18n, faulty), i18n);
    return formPage('reporting/report', view, faulty, { titleKey: 'reporting.title' });
  }
}
