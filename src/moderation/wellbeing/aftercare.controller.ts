import { Controller, Get, Param, Post } from '@nestjs/common';
import { IsIn, MaxLength } from 'class-validator';
import { Moderator } from '../../http/guards.js';
import { formView } from '../../http/form-page.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { AppError, NotFound } from '../../kernel/errors.js';
import { Sql, statement } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { Aftercare } from './aftercare.service.js';
import { NoteForm } from '../core/note.dto.js';

const own = statement<{ id: string; viewerId: string }, { id: string }>(
  'moderation.own-aftercare',
  'select id from aftercare_notes where id = :id and member_id = :viewerId',
);

export class ThreadUpdateForm {
  /** Nothing stands for the neutral line. */
  @MaxLength(600, { message: 'moderation.error.update-long' })
  body = '';

  @IsIn(['', 'on'], { message: 'forms.error.invalid' })
  agreed: '' | 'on' = '';
}

/** Thanks to whoever answered in a hard thread. It says neither who nor why. */
@Controller()
export class AftercareController {
  constructor(
    private readonly aftercare: Aftercare,
    private readonly sql: Sql,
  ) {}

  @Get('aftercare/:id')
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    await this.mine(viewer, id);
    return this.note(i18n, id);
  }

  @Post('aftercare/:id')
  async write(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(NoteForm) form: Submitted<NoteForm>,
  ): Promise<Page | SeeOther> {
    await this.mine(viewer, id);
    if (!form.valid) return this.note(i18n, id, form);
    await this.aftercare.toTeam(viewer, form.value.body);
    return seeOther(`/aftercare/${id}`, 'moderation.notice.sent');
  }

  /** What the thread is told; in words of one's own only where its writer agreed. */
  @Moderator()
  @Post('mod/cases/:id/update')
  async update(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(ThreadUpdateForm) form: Submitted<ThreadUpdateForm>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, form.faults[0]?.key ?? 'forms.error.invalid');
    const said = await refusedField(
      () => this.aftercare.tellThread(viewer, id, form.value.body, form.value.agreed === 'on'),
      form.values,
    );
    if ('form' in said) throw new AppError(422, said.form.faults[0]?.key ?? 'forms.error.invalid');
    return seeOther(`/mod/cases/${id}#room`, 'moderation.notice.updated');
  }

  private async mine(viewer: Viewer, id: string): Promise<void> {
    if ((await this.sql.first(own, { id, viewerId: viewer.memberId })) === null)
      throw new NotFound();
  }

  private note(i18n: Translator, id: string, faulty?: FaultyForm): Page {
    return page(
      'moderation/aftercare',
      { id, form: formView(i18n, faulty) },
      { status: faulty === undefined ? 200 : 422, titleKey: 'moderation.aftercare.title' },
    );
  }
}
