import { Controller, Get, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { truncateGraphemes } from '../content/truncate.js';
import type { Translator } from '../i18n/translator.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { I18n, networkOf, textQuery, CurrentViewer } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import { IllegalContentReports } from './illegal-content.service.js';
import { IllegalContent } from './reporting.dto.js';
import { illegalFormView, illegalSentView } from './reporting.view.js';

/** Reports of illegal content. They need no account; name and email address are optional. */
@Controller('report-illegal')
export class IllegalContentController {
  constructor(
    private readonly reports: IllegalContentReports,
    private readonly limits: RateLimits,
  ) {}

  @Get()
  form(@I18n() i18n: Translator, @Req() req: Request): Page {
    return this.reportPage(i18n, undefined, truncateGraphemes(textQuery(req, 'place') ?? '', 500));
  }

  @Post()
  async report(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
    @Form(IllegalContent) form: Submitted<IllegalContent>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.reportPage(i18n, form);
    if (!(await this.reports.moderates(viewer, form.value.place))) {
      await this.limits.count('report-illegal', networkOf(req), 10, 3_600);
    }
    const sent = await catchFieldError(() => this.reports.report(viewer, form.value), form.values);
    return 'form' in sent
      ? this.reportPage(i18n, sent.form)
      : seeOther(`/report-illegal/sent?number=${sent.done}`);
  }

  @Get('sent')
  sent(@Req() req: Request): Page {
    return page('reporting/illegal-sent', illegalSentView(textQuery(req, 'number')), {
      titleKey: 'reporting.illegal.sent-title',
    });
  }

  private reportPage(i18n: Translator, faulty?: InvalidForm, place = ''): Page {
    const view = illegalFormView(formView(i18n, faulty, { place }));
    return formPage('reporting/illegal', view, faulty, {
      titleKey: 'reporting.illegal.title',
      indexable: faulty === undefined,
    });
  }
}
