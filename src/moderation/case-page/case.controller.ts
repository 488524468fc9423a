import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Moderator } from '../../http/guards.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../../http/form.js';
import { textOf } from '../../http/form-values.js';
import { seeOther, type Page, type SeeOther } from '../../http/page.js';
import { IdPipe, I18n, CurrentMember, textQuery } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import type { Translator } from '../../i18n/translator.js';
import { IsIn } from 'class-validator';
import { CaseAccess } from '../core/case-access.js';
import { StaleCase } from '../core/stale-case.js';
import { backToCase, showsText, TEXT_OPEN } from '../core/case-place.js';
import { CasePage } from './case-page.js';
import { Claims } from '../queue/claims.service.js';
import { DecideForm } from '../decisions/decide.dto.js';
import { Deciding } from '../decisions/deciding.service.js';
import { ModeratorWellbeing } from '../wellbeing/moderator-wellbeing.service.js';

export class ReadForm {
  @IsIn(['', 'on'], { message: 'forms.error.invalid' })
  sure: '' | 'on' = '';
}

/** Routes of one case: claiming it, opening its text, deciding. */
@Moderator()
@Controller('mod/cases/:id')
export class CaseController {
  constructor(
    private readonly wellbeing: ModeratorWellbeing,
    private readonly caseAccess: CaseAccess,
    private readonly cases: CasePage,
    private readonly claims: Claims,
    private readonly deciding: Deciding,
  ) {}

  @Get()
  show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Req() req: Request,
  ): Promise<Page> {
    return this.cases.show(viewer, i18n, id, {
      open: showsText(req),
      sure: (['spared', 'stop'] as const).find((reason) => reason === textQuery(req, 'sure')),
    });
  }

  @Post('claim')
  claim(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Req() req: Request,
  ): Promise<Page | SeeOther> {
    return this.unlessMovedOn(viewer, i18n, id, async () => {
      await this.claims.claim(viewer, id);
      return seeOther(backToCase(req, id), 'moderation.notice.claimed');
    });
  }

  @Post('release')
  async release(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.claims.release(viewer, id);
    return seeOther(`/mod/cases/${id}`, 'moderation.notice.released');
  }

  @Post('pass')
  async pass(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    await this.claims.pass(viewer, id);
    return seeOther('/mod', 'moderation.notice.passed');
  }

  @Post('read')
  async read(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(ReadForm) form: Submitted<ReadForm>,
  ): Promise<SeeOther> {
    // A muted topic or a long shift requires one more click; it never blocks the moderator.
    const reason =
      form.valid && form.value.sure === 'on'
        ? null
        : await this.wellbeing.confirmBefore(viewer, await this.caseAccess.load(viewer, id));
    if (reason !== null) return seeOther(`/mod/cases/${id}?sure=${reason}#words`);
    await this.claims.read(viewer, id);
    return seeOther(`/mod/cases/${id}${TEXT_OPEN}#words`);
  }

  @Post('decide')
  decide(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(DecideForm) form: Submitted<DecideForm>,
    @Req() req: Request,
  ): Promise<Page | SeeOther> {
    const template = textOf(form.values.useTemplate);
    if (template !== '') {
      const faulty = { faults: [], values: form.values };
      return this.cases.show(viewer, i18n, id, { open: true, faulty, template });
    }
    if (!form.valid) return this.cases.show(viewer, i18n, id, { open: true, faulty: form });
    return this.unlessMovedOn(
      viewer,
      i18n,
      id,
      async () => {
        const decided = await catchFieldError(
          () => this.deciding.decide(viewer, id, form.value),
          form.values,
        );
        if ('form' in decided)
          return this.cases.show(viewer, i18n, id, { open: true, faulty: decided.form });
        if (decided.done.waits) return seeOther(`/mod/cases/${id}`, 'moderation.notice.proposed');
        if (decided.done.open) return seeOther(backToCase(req, id), 'moderation.notice.kept-open');
        return seeOther(`/mod/cases/${id}`, 'moderation.notice.decided');
      },
      { faults: [], values: form.values },
    );
  }

  /**
   * Shows a concurrent decision of a colleague instead of failing, and keeps the form as filled in.
   */
  private async unlessMovedOn(
    viewer: Viewer,
    i18n: Translator,
    id: string,
    work: () => Promise<Page | SeeOther>,
    faulty?: InvalidForm,
  ): Promise<Page | SeeOther> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StaleCase)) throw error;
      return this.cases.show(viewer, i18n, id, { open: true, movedOn: true, faulty });
    }
  }
}
