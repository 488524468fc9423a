import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import { IsIn, MaxLength } from 'class-validator';
import type { Request } from 'express';
import { Moderator } from '../../http/guards.js';
import { formPage, formView } from '../../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../../http/form.js';
import { seeOther, type Page, type SeeOther } from '../../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { AppError } from '../../kernel/errors.js';
import type { Translator } from '../../i18n/translator.js';
import { Aftercare } from './aftercare.service.js';
import { backToCase } from '../core/case-place.js';
import { NoteForm } from '../core/note.dto.js';

export class ThreadUpdateForm {
  /** Empty for the neutral line. */
  @MaxLength(600, { message: 'moderation.error.update-long' })
  body = '';

  @IsIn(['', 'on'], { message: 'forms.error.invalid' })
  agreed: '' | 'on' = '';
}

/** Thanks a member who replied in a thread with a crisis, without saying who or why. */
@Controller()
export class AftercareController {
  constructor(private readonly aftercare: Aftercare) {}

  @Get('aftercare/:id')
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    await this.aftercare.requireOwn(viewer, id);
    return this.note(i18n, id);
  }

  @Post('aftercare/:id')
  async write(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(NoteForm) form: Submitted<NoteForm>,
  ): Promise<Page | SeeOther> {
    await this.aftercare.requireOwn(viewer, id);
    if (!form.valid) return this.note(i18n, id, form);
    await this.aftercare.toTeam(viewer, form.value.body);
    return seeOther(`/aftercare/${id}`, 'moderation.notice.sent');
  }

  /** Posts an update to the thread; anything but the neutral line needs the author's consent. */
  @Moderator()
  @Post('mod/cases/:id/update')
  async update(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(ThreadUpdateForm) form: Submitted<ThreadUpdateForm>,
    @Req() req: Request,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, form.faults[0]?.key ?? 'forms.error.invalid');
    const updated = await catchFieldError(
      () => this.aftercare.updateThread(viewer, id, form.value.body, form.value.agreed === 'on'),
      form.values,
    );
    if ('form' in updated)
      throw new AppError(422, updated.form.faults[0]?.key ?? 'forms.error.invalid');
    return seeOther(backToCase(req, id, '#room'), 'moderation.notice.updated');
  }

  private note(i18n: Translator, id: string, faulty?: InvalidForm): Page {
    return formPage('moderation/aftercare', { id, form: formView(i18n, faulty) }, faulty, {
      titleKey: 'moderation.aftercare.title',
    });
  }
}
