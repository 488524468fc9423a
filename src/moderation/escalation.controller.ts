import { Controller, Get, Param, Post } from '@nestjs/common';
import { Matches, MaxLength } from 'class-validator';
import { formView } from '../http/errors-in-form.js';
import { Form, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { IdPipe, InWords, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { AppError } from '../kernel/errors.js';
import { Messages } from '../kernel/messages.js';
import type { Words } from '../kernel/words.js';
import { CaseDoor, mustModerate } from './case-access.js';
import { SecondForm } from './decide.dto.js';
import { EscalationForm, Escalations } from './escalations.service.js';
import { UnmaskingAliases } from './unmasking.service.js';

export class UnmaskForm {
  @Matches(/\S/, { message: 'moderation.error.unmask' })
  @MaxLength(2_000, { message: 'moderation.error.note-long' })
  reason = '';
}

/**
 * What only two people may do in a case: calling help from outside, and seeing who writes under an
 * alias.
 */
@Controller('mod/cases/:id')
export class EscalationController {
  constructor(
    private readonly door: CaseDoor,
    private readonly escalations: Escalations,
    private readonly aliases: UnmaskingAliases,
    private readonly messages: Messages,
  ) {}

  @Get('escalation')
  async show(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    mustModerate(viewer);
    await this.door.open(viewer, id);
    return this.escalationPage(viewer, words, id);
  }

  @Post('escalation')
  async record(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
    @Form(EscalationForm) form: Submitted<EscalationForm>,
  ): Promise<Page | SeeOther> {
    mustModerate(viewer);
    await this.door.open(viewer, id);
    if (!form.valid) return this.escalationPage(viewer, words, id, form);
    await this.escalations.record(viewer, id, form.value);
    return seeOther(`/mod/cases/${id}/escalation`, 'moderation.notice.recorded');
  }

  @Post('escalation/:record/second')
  async second(
    @Member() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Param('record', IdPipe) record: string,
  ): Promise<SeeOther> {
    mustModerate(viewer);
    await this.escalations.second(viewer, id, record);
    return seeOther(`/mod/cases/${id}/escalation`, 'moderation.notice.recorded');
  }

  @Post('unmask')
  async ask(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
    @Form(UnmaskForm) form: Submitted<UnmaskForm>,
  ): Promise<Page | SeeOther> {
    mustModerate(viewer);
    await this.door.open(viewer, id);
    if (!form.valid) return this.escalationPage(viewer, words, id, form);
    await this.aliases.ask(viewer, id, form.value.reason);
    return seeOther(`/mod/cases/${id}/escalation`, 'moderation.notice.proposed');
  }

  @Post('unmask/answer')
  async settle(
    @Member() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(SecondForm) form: Submitted<SecondForm>,
  ): Promise<SeeOther> {
    mustModerate(viewer);
    await this.door.open(viewer, id);
    if (!form.valid) throw new AppError(422, 'forms.error.invalid');
    await this.aliases.settle(viewer, id, form.value.answer === 'agree', form.value.note);
    return seeOther(`/mod/cases/${id}/escalation`, 'moderation.notice.seconded');
  }

  private async escalationPage(
    viewer: Viewer,
    words: Words,
    id: string,
    faulty?: FaultyForm,
  ): Promise<Page> {
    const [records, unmasking, masked] = await Promise.all([
      this.escalations.of(viewer, id),
      this.aliases.of(viewer, id),
      this.aliases.masked(id),
    ]);
    const view = {
      id,
      records: records.map((one) => ({
        ...one,
        when: words.exactly(one.at),
        by:
          one.second === null
            ? one.who
            : words.list([one.who ?? words.t('moderation.somebody'), one.second]),
        waits: one.second === null && !one.mine,
      })),
      masked,
      unmasking:
        unmasking === null
          ? null
          : {
              reason: unmasking.reason,
              text: words.t(
                `moderation.unmask.${unmasking.allowed === null ? 'asked' : unmasking.allowed ? 'allowed' : 'refused'}`,
                { who: unmasking.who },
              ),
              waits: unmasking.allowed === null && !unmasking.mine,
              handle: unmasking.handle,
              until: unmasking.shownUntil === null ? null : words.exactly(unmasking.shownUntil),
            },
      mayAsk: masked && unmasking?.allowed !== null,
      form: formView(this.messages, words.locale, faulty),
    };
    return page('moderation/escalation', view, {
      status: faulty === undefined ? 200 : 422,
      titleKey: 'moderation.escalation.title',
    });
  }
}
