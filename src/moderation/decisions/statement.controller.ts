import { Controller, Get, Param, Post } from '@nestjs/common';
import { Matches, MaxLength } from 'class-validator';
import { formPage, formView } from '../../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../../http/form.js';
import { seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { NotFound } from '../../kernel/errors.js';
import type { Translator } from '../../i18n/translator.js';
import { Appeals } from './appeals.service.js';
import { Outreach } from './outreach.service.js';
import type { StatementRow } from './statement.queries.js';
import { Statements } from './statement.service.js';
import { statementView } from './statement.view.js';

export class AppealForm {
  @Matches(/\S/, { message: 'moderation.error.statement' })
  @MaxLength(8_000, { message: 'moderation.error.statement-long' })
  statement = '';
}

export class MessageForm {
  @Matches(/\S/, { message: 'moderation.error.answer' })
  @MaxLength(8_000, { message: 'moderation.error.statement-long' })
  body = '';
}

/**
 * The statement of reasons for a decision, as Article 17 of the Digital Services Act requires: what
 * was decided, under which rule, how it was detected, how to appeal. Only for those concerned.
 */
@Controller('decisions/:id')
export class StatementController {
  constructor(
    private readonly statements: Statements,
    private readonly appeals: Appeals,
    private readonly outreach: Outreach,
    private readonly limits: RateLimits,
  ) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    return this.statement(viewer, i18n, await this.statements.load(viewer, id));
  }

  @Post('appeal')
  async appeal(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(AppealForm) form: Submitted<AppealForm>,
  ): Promise<Page | SeeOther> {
    const decision = await this.statements.load(viewer, id);
    if (!form.valid) return this.statement(viewer, i18n, decision, form);
    await this.limits.count('appeal', viewer.memberId, 20, 3_600);
    await this.appeals.make(viewer, decision, form.value.statement);
    return seeOther(`/decisions/${id}#appeal`, 'moderation.notice.appealed');
  }

  /**
   * Sends a message to the team. Open to every member who received a statement, even if they may
   * not post.
   */
  @Post('messages')
  async write(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(MessageForm) form: Submitted<MessageForm>,
  ): Promise<Page | SeeOther> {
    const decision = await this.statements.load(viewer, id);
    if (decision.as !== 'author') throw new NotFound();
    if (!form.valid) return this.statement(viewer, i18n, decision, form);
    await this.limits.count('message-to-team', viewer.memberId, 30, 3_600);
    await this.outreach.fromMember(viewer, decision, form.value.body);
    return seeOther(`/decisions/${id}#messages`, 'moderation.notice.sent');
  }

  private async statement(
    viewer: Viewer,
    i18n: Translator,
    decision: StatementRow,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const facts = await this.statements.facts(viewer, decision);
    const view = statementView({ ...facts, form: formView(i18n, faulty) }, i18n);
    return formPage('moderation/statement', view, faulty, {
      titleKey: 'moderation.statement.title',
    });
  }
}
