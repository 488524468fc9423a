import { Controller, Get, Param, Post } from '@nestjs/common';
import { Matches, MaxLength } from 'class-validator';
import { formView } from '../../http/form-page.js';
import { Form, type FaultyForm, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { Forbidden, NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { appealHindrance, Appeals } from './appeals.service.js';
import { Outreach } from './outreach.service.js';
import { ownAppeal, ownMessages, statementOf, type StatementRow } from './statement.queries.js';
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
 * What was decided, for the member concerned alone: why, by which rule, how it was found, how to
 * disagree.
 */
@Controller('decisions/:id')
export class StatementController {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
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
    return this.statement(viewer, i18n, await this.open(viewer, id));
  }

  @Post('appeal')
  async appeal(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(AppealForm) form: Submitted<AppealForm>,
  ): Promise<Page | SeeOther> {
    const decision = await this.open(viewer, id);
    if (!form.valid) return this.statement(viewer, i18n, decision, form);
    const before = await this.sql.first(ownAppeal, { decisionId: id, viewerId: viewer.memberId });
    const hindrance = appealHindrance(decision, false, this.clock.now());
    if (before === null && hindrance !== null)
      throw new Forbidden(`moderation.error.appeal-${hindrance}`);
    await this.appeals.make(viewer.memberId, decision, form.value.statement);
    return seeOther(`/decisions/${id}#appeal`, 'moderation.notice.appealed');
  }

  /**
   * A line to the team: open to everybody who was told something, whatever else they may not do for
   * now.
   */
  @Post('messages')
  async write(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(MessageForm) form: Submitted<MessageForm>,
  ): Promise<Page | SeeOther> {
    const decision = await this.open(viewer, id);
    if (decision.as !== 'author') throw new NotFound();
    if (!form.valid) return this.statement(viewer, i18n, decision, form);
    await this.limits.count('message-to-team', viewer.memberId, 30, 3_600);
    await this.outreach.fromMember(viewer, decision, form.value.body);
    return seeOther(`/decisions/${id}#messages`, 'moderation.notice.sent');
  }

  private async open(viewer: Viewer, id: string): Promise<StatementRow> {
    const decision = await this.sql.first(statementOf, { id, viewerId: viewer.memberId });
    if (decision === null) throw new NotFound();
    return decision;
  }

  private async statement(
    viewer: Viewer,
    i18n: Translator,
    decision: StatementRow,
    faulty?: FaultyForm,
  ): Promise<Page> {
    const [appeal, messages] = await Promise.all([
      this.sql.first(ownAppeal, { decisionId: decision.id, viewerId: viewer.memberId }),
      decision.as === 'author' ? this.sql.rows(ownMessages, { decisionId: decision.id }) : [],
    ]);
    const view = statementView(
      {
        decision,
        appeal,
        messages,
        form: formView(i18n, faulty),
        now: this.clock.now(),
      },
      i18n,
    );
    return page('moderation/statement', view, {
      status: faulty === undefined ? 200 : 422,
      titleKey: 'moderation.statement.title',
    });
  }
}
