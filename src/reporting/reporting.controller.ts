import { Controller, Get, Param, Post } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import type { Translator } from '../i18n/translator.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { AccessiblePost } from '../posts/post-access.js';
import { isDanger } from '../review/review-targets.js';
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
    const many = await this.limited(
      viewer,
      await this.reporting.reportable(viewer, id),
      form.value.reason,
    );
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

  /**
   * The rate limit of reports. Moderators of the community have none, and a report of danger is
   * never refused.
   * @returns whether the viewer reported danger so often within an hour that a moderator has to
   *   look at their reports
   * @throws TooMany for any other report beyond the limit
   */
  private async limited(viewer: Viewer, post: AccessiblePost, reason: string): Promise<boolean> {
    if (post.moderates) return false;
    if (isDanger(reason))
      return !(await this.limits.within('report-danger', viewer.memberId, 10, 3_600));
    await this.limits.count('report', viewer.memberId, 10, 3_600);
    await this.limits.count('report-day', viewer.memberId, 40, 86_400);
    return false;
  }

  private async formPage(
    viewer: Viewer,
    i18n: Translator,
    id: string,
    faulty?: FaultyForm,
  ): Promise<Page> {
    const post = await this.reporting.reportable(viewer, id);
    const view = reportFormView(post, formView(i18n, faulty), i18n);
    return formPage('reporting/report', view, faulty, { titleKey: 'reporting.title' });
  }
}
