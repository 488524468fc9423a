import { Controller, Get, Param, Post } from '@nestjs/common';
import { Matches, MaxLength } from 'class-validator';
import { Moderator, Reauthenticated } from '../../http/guards.js';
import { formPage, formView } from '../../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../../http/form.js';
import { seeOther, type Page, type SeeOther } from '../../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { AppError } from '../../kernel/errors.js';
import type { Translator } from '../../i18n/translator.js';
import { CaseAccess } from '../core/case-access.js';
import { EscalationForm, Escalations } from './escalations.service.js';
import { escalationView } from './escalation.view.js';
import { UnmaskingAliases } from './unmasking.service.js';
import { SecondPersonForm } from '../core/note.dto.js';

export class UnmaskForm {
  @Matches(/\S/, { message: 'moderation.error.unmask' })
  @MaxLength(2_000, { message: 'moderation.error.note-long' })
  reason = '';
}

/** Actions that take two people: recording calls to outside services, and unmasking an alias. */
@Moderator()
@Controller('mod/cases/:id')
export class EscalationController {
  constructor(
    private readonly caseAccess: CaseAccess,
    private readonly escalations: Escalations,
    private readonly aliases: UnmaskingAliases,
  ) {}

  @Get('escalation')
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    await this.caseAccess.load(viewer, id);
    return this.escalationPage(viewer, i18n, id);
  }

  @Post('escalation')
  async record(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(EscalationForm) form: Submitted<EscalationForm>,
  ): Promise<Page | SeeOther> {
    await this.caseAccess.load(viewer, id);
    if (!form.valid) return this.escalationPage(viewer, i18n, id, form);
    await this.escalations.record(viewer, id, form.value);
    return seeOther(`/mod/cases/${id}/escalation`, 'moderation.notice.recorded');
  }

  @Post('escalation/:record/second')
  async second(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Param('record', IdPipe) record: string,
  ): Promise<SeeOther> {
    await this.escalations.second(viewer, id, record);
    return seeOther(`/mod/cases/${id}/escalation`, 'moderation.notice.recorded');
  }

  @Reauthenticated()
  @Post('unmask')
  async ask(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(UnmaskForm) form: Submitted<UnmaskForm>,
  ): Promise<Page | SeeOther> {
    await this.caseAccess.load(viewer, id);
    if (!form.valid) return this.escalationPage(viewer, i18n, id, form);
    await this.aliases.ask(viewer, id, form.value.reason);
    return seeOther(`/mod/cases/${id}/escalation`, 'moderation.notice.proposed');
  }

  @Reauthenticated()
  @Post('unmask/answer')
  async settle(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(SecondPersonForm) form: Submitted<SecondPersonForm>,
  ): Promise<SeeOther> {
    await this.caseAccess.load(viewer, id);
    if (!form.valid) throw new AppError(422, 'forms.error.invalid');
    await this.aliases.settle(viewer, id, form.value.answer === 'agree', form.value.note);
    return seeOther(`/mod/cases/${id}/escalation`, 'moderation.notice.seconded');
  }

  private async escalationPage(
    viewer: Viewer,
    i18n: Translator,
    id: string,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const [records, unmasking, masked] = await Promise.all([
      this.escalations.of(viewer, id),
      this.aliases.of(viewer, id),
      this.aliases.masked(id),
    ]);
    const view = escalationView(
      { caseId: id, records, unmasking, masked },
      formView(i18n, faulty),
      i18n,
    );
    return formPage('moderation/escalation', view, faulty, {
      titleKey: 'moderation.escalation.title',
    });
  }
}
