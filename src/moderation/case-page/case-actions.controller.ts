import { Controller, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Moderator } from '../../http/guards.js';
import { Form, type Submitted } from '../../http/form.js';
import { seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { AppError } from '../../kernel/errors.js';
import type { Translator } from '../../i18n/translator.js';
import { CaseAccess } from '../core/case-access.js';
import { backToCase } from '../core/case-place.js';
import { StaleCase } from '../core/stale-case.js';
import { CaseNotes } from './case-notes.service.js';
import { CasePage } from './case-page.js';
import { TeamMessage } from '../decisions/decide.dto.js';
import { Outreach } from '../decisions/outreach.service.js';
import { DualControl } from '../decisions/dual-control.service.js';
import { NoteForm, SecondPersonForm } from '../core/note.dto.js';

/** Routes for notes and messages in a case, and for the second person's answers. */
@Moderator()
@Controller('mod/cases/:id')
export class CaseActionsController {
  constructor(
    private readonly caseAccess: CaseAccess,
    private readonly seconds: DualControl,
    private readonly outreach: Outreach,
    private readonly notes: CaseNotes,
    private readonly cases: CasePage,
    private readonly limits: RateLimits,
  ) {}

  @Post('notes')
  async note(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(NoteForm) form: Submitted<NoteForm>,
    @Req() req: Request,
  ): Promise<SeeOther> {
    await this.caseAccess.load(viewer, id);
    if (!form.valid) throw new AppError(422, form.faults[0]?.key ?? 'moderation.error.note');
    await this.limits.count('moderator-note', viewer.memberId, 120, 3_600);
    await this.notes.add(viewer, id, form.value.body);
    return seeOther(backToCase(req, id, '#room'), 'moderation.notice.noted');
  }

  @Post('messages')
  async write(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(TeamMessage) form: Submitted<TeamMessage>,
    @Req() req: Request,
  ): Promise<SeeOther> {
    await this.caseAccess.load(viewer, id);
    if (!form.valid) throw new AppError(422, form.faults[0]?.key ?? 'moderation.error.note');
    await this.outreach.fromTeam(viewer, id, form.value.decision, form.value.body);
    return seeOther(backToCase(req, id, '#messages'), 'moderation.notice.written');
  }

  @Post('second')
  async second(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(SecondPersonForm) form: Submitted<SecondPersonForm>,
    @Req() req: Request,
  ): Promise<Page | SeeOther> {
    await this.caseAccess.load(viewer, id);
    if (!form.valid) throw new AppError(422, 'forms.error.invalid');
    try {
      await this.seconds.answerProposal(viewer, id, form.value.answer, form.value.note);
    } catch (error) {
      if (!(error instanceof StaleCase)) throw error;
      return this.cases.show(viewer, i18n, id, { open: true, movedOn: true });
    }
    return seeOther(backToCase(req, id), 'moderation.notice.seconded');
  }

  @Post('look')
  async look(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(SecondPersonForm) form: Submitted<SecondPersonForm>,
    @Req() req: Request,
  ): Promise<SeeOther> {
    await this.caseAccess.load(viewer, id);
    if (!form.valid) throw new AppError(422, 'forms.error.invalid');
    await this.seconds.review(viewer, id, form.value.answer, form.value.note);
    return seeOther(
      backToCase(req, id),
      form.value.answer === 'agree' ? 'moderation.notice.looked' : 'moderation.notice.reopened',
    );
  }
}
