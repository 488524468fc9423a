import { Controller, Get, Param, Post } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { formView } from '../http/form-page.js';
import { Form, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { AccessiblePost } from '../posts/post-access.js';
import { postPath } from '../posts/post-address.js';
import { isDanger } from '../review/review-targets.js';
import { LONGEST_NOTE, NewReport } from './reporting.dto.js';
import { myReport, myReports } from './reporting.queries.js';
import { Reporting } from './reporting.service.js';
import { dueWords, reasonChoices, reportView } from './reporting.view.js';

const REPORTS_A_PAGE = 30;
const NEWEST = '9223372036854775807';
const NUMBER = /^[A-Z0-9]{8}$/;

/** Telling the moderators of a post, and what became of it. */
@Controller()
export class ReportingController {
  constructor(
    private readonly reporting: Reporting,
    private readonly sql: Sql,
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
    const rows = await this.sql.rows(myReports, {
      reporter: viewer.memberId,
      id: NEWEST,
      limit: REPORTS_A_PAGE,
    });
    return page(
      'reporting/mine',
      { reports: rows.map((row) => reportView(row, i18n)) },
      { titleKey: 'reporting.mine.title' },
    );
  }

  @Get('reports/:number')
  async receipt(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('number') number: string,
  ): Promise<Page> {
    const row = NUMBER.test(number)
      ? await this.sql.first(myReport, { viewerId: viewer.memberId, number })
      : null;
    if (row === null) throw new NotFound();
    return page(
      'reporting/receipt',
      { report: reportView(row, i18n), due: dueWords(row, this.clock.now(), i18n) },
      { titleKey: 'reporting.receipt.title' },
    );
  }

  @Post('reports/:number/again')
  async again(@CurrentMember() viewer: Viewer, @Param('number') number: string): Promise<SeeOther> {
    if (!NUMBER.test(number)) throw new NotFound();
    await this.reporting.askAgain(viewer, number, async (reason) => {
      if (!isDanger(reason)) await this.limits.count('report', viewer.memberId, 10, 3_600);
    });
    return seeOther(`/reports/${number}`, 'reporting.notice.again');
  }

  /**
   * Whoever moderates the place reports as part of their work. That somebody may be in danger now
   * is taken however often it is said.
   * @returns whether so much was said of danger within an hour that a person has to look at who
   *   says it
   * @throws TooMany for any other report beyond the number that anybody needs
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
    const form = formView(i18n, faulty);
    const view = {
      id,
      form,
      back: postPath(post.threadId, post.number),
      number: post.number,
      longest: LONGEST_NOTE,
      ...reasonChoices(i18n, form.values.reason),
    };
    return page('reporting/report', view, {
      status: faulty === undefined ? 200 : 422,
      titleKey: 'reporting.title',
    });
  }
}
