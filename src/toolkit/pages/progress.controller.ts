import { Controller, Get, Param, Post, Req, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import { formPage } from '../../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember, textQuery } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Clock, DAY, later } from '../../kernel/clock.js';
import type { Translator } from '../../i18n/translator.js';
import { CheckIns } from '../check-ins/check-ins.service.js';
import { PrivateArea } from '../core/private-area.js';
import { ToolkitSettingsService } from '../core/toolkit-settings.service.js';
import { DayForm } from '../core/toolkit.dto.js';
import { letterView } from '../look-back/look-back.js';
import { LookBacks } from '../look-back/look-back.service.js';
import { progressView, SPANS } from './progress.view.js';

const MAX_ROWS = 500;

/** Check-ins over time: charts with tables, what tends to help, letters. */
@Controller('toolkit')
@UseInterceptors(PrivateArea)
export class ProgressController {
  constructor(
    private readonly checkIns: CheckIns,
    private readonly lookBacks: LookBacks,
    private readonly settings: ToolkitSettingsService,
    private readonly limits: RateLimits,
    private readonly clock: Clock,
  ) {}

  @Get('progress')
  show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const span = SPANS.find((days) => String(days) === textQuery(req, 'days')) ?? 90;
    return this.page(viewer, i18n, span);
  }

  @Post('check-ins')
  async note(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(DayForm) form: Submitted<DayForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.page(viewer, i18n, 90, form);
    const { value } = form;
    if (value.level === undefined && value.word === '' && value.note === '')
      return this.page(viewer, i18n, 90, {
        values: form.values,
        faults: [{ field: 'level', key: 'toolkit.error.nothing-said' }],
      });
    await this.limits.count('toolkit', viewer.memberId, 600, 3_600);
    await this.checkIns.ofDay(viewer, value);
    return seeOther('/toolkit/progress', 'toolkit.notice.checked');
  }

  @Post('check-ins/:id/remove')
  async remove(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.checkIns.remove(viewer, id);
    return seeOther('/toolkit/progress', 'toolkit.notice.check-in-gone');
  }

  @Get('letters/:id')
  async letter(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const { facts, month } = await this.lookBacks.open(viewer.memberId, id);
    const letter = facts === null ? null : letterView(facts, month, i18n);
    return page('toolkit/letter', { letter }, { titleKey: 'toolkit.letter.page' });
  }

  private async page(
    viewer: Viewer,
    i18n: Translator,
    span: (typeof SPANS)[number],
    faulty?: InvalidForm,
  ): Promise<Page> {
    const now = this.clock.now();
    const period = { since: later(now, -span * DAY), until: later(now, DAY), limit: MAX_ROWS };
    const [checkIns, letters, settings] = await Promise.all([
      this.checkIns.list(viewer, period, i18n),
      this.lookBacks.list(viewer.memberId),
      this.settings.of(viewer),
    ]);
    const view = progressView({ checkIns, span, now, settings, letters }, i18n, faulty);
    return formPage('toolkit/progress', view, faulty, { titleKey: 'toolkit.progress.title' });
  }
}
