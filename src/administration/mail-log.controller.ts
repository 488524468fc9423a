import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Admin } from '../http/guards.js';
import { page, type Page } from '../http/page.js';
import { I18n, textQuery } from '../http/request.js';
import type { Translator } from '../i18n/translator.js';
import { MailLog } from './mail-log.service.js';
import { mailLogView } from './mail-log.view.js';
import { MAIL_STATES } from './mail.queries.js';

/** Email deliveries, without addresses, members or subjects. */
@Admin()
@Controller('admin/mail')
export class MailLogController {
  constructor(private readonly mails: MailLog) {}

  @Get()
  async show(@I18n() i18n: Translator, @Req() req: Request): Promise<Page> {
    const state = MAIL_STATES.find((known) => known === textQuery(req, 'state')) ?? null;
    const report = await this.mails.report(state);
    return page('administration/mail', mailLogView(report, state, i18n), {
      titleKey: 'administration.mail.title',
    });
  }
}
