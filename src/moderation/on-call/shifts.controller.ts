import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Moderator } from '../../http/guards.js';
import { formPage, formView } from '../../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../../http/form.js';
import { seeOther, type Page, type SeeOther } from '../../http/page.js';
import { IdPipe, I18n, CurrentMember, textQuery } from '../../http/request.js';
import type { Translator } from '../../i18n/translator.js';
import { HandoverForm, ShiftForm } from './shifts.dto.js';
import type { Viewer } from '../../http/viewer.js';
import { Shifts } from './shifts.service.js';
import { shiftsView } from './shifts.view.js';

/** The on-call calendar by week, with its gaps. */
@Moderator()
@Controller('mod/shifts')
export class ShiftsController {
  constructor(private readonly shifts: Shifts) {}

  @Get()
  show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    return this.calendar(viewer, i18n, textQuery(req, 'week'));
  }

  @Post()
  async enter(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(ShiftForm) form: Submitted<ShiftForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.calendar(viewer, i18n, undefined, form);
    const entered = await catchFieldError(
      () => this.shifts.enter(viewer, form.value, i18n.timeZone),
      form.values,
    );
    if ('form' in entered) return this.calendar(viewer, i18n, form.value.day, entered.form);
    return seeOther(`/mod/shifts?week=${form.value.day}`, 'moderation.notice.shift');
  }

  @Post('hand-over')
  async handOver(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(HandoverForm) form: Submitted<HandoverForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.calendar(viewer, i18n, undefined, form);
    await this.shifts.handOver(viewer, form.value.body);
    return seeOther('/mod/shifts', 'moderation.notice.handed-over');
  }

  @Post(':id/remove')
  async remove(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.shifts.remove(viewer, id);
    return seeOther('/mod/shifts', 'moderation.notice.shift-removed');
  }

  private async calendar(
    viewer: Viewer,
    i18n: Translator,
    day: string | undefined,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const calendar = await this.shifts.calendar(viewer, day, i18n.timeZone);
    const view = shiftsView(calendar, viewer, formView(i18n, faulty), i18n);
    return formPage('moderation/shifts', view, faulty, { titleKey: 'moderation.shifts.title' });
  }
}
