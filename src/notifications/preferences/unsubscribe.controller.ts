import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import { IsIn } from 'class-validator';
import type { Request } from 'express';
import { Form, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { I18n } from '../../http/request.js';
import { Clock } from '../../kernel/clock.js';
import type { Translator } from '../../i18n/translator.js';
import { UnsubscribeTokens, type UnsubscribeLink } from './unsubscribe-tokens.js';
import { MailSettings, type UnsubscribeChoice } from './mail-settings.service.js';
import { UNSUBSCRIBE_CHOICES, unsubscribeView } from './unsubscribe.view.js';

export class UnsubscribeForm {
  /** Mail clients send no choice and mean the scope of the link. */
  @IsIn(UNSUBSCRIBE_CHOICES, { message: 'forms.error.invalid' })
  choice: UnsubscribeChoice = 'this';
}

/**
 * Unsubscribing through the link in an email, without a log-in or CSRF token: the link is the
 * authorisation. GET changes nothing; POST is one-click (RFC 8058).
 */
@Controller('unsubscribe')
export class UnsubscribeController {
  constructor(
    private readonly tokens: UnsubscribeTokens,
    private readonly settings: MailSettings,
    private readonly clock: Clock,
  ) {}

  @Get(':token')
  async ask(@Param('token') token: string, @I18n() i18n: Translator): Promise<Page> {
    const link = await this.tokens.find(token);
    if (link === null) return unknown();
    return this.page(token, link, i18n);
  }

  @Post(':token')
  async unsubscribe(
    @Param('token') token: string,
    @I18n() i18n: Translator,
    @Form(UnsubscribeForm) form: Submitted<UnsubscribeForm>,
    @Req() req: Request,
  ): Promise<Page | SeeOther> {
    const link = await this.tokens.find(token);
    if (link === null) return unknown();
    // Mail clients may send other fields; the request still unsubscribes.
    const choice = form.valid ? form.value.choice : 'this';
    await this.settings.unsubscribe(link.memberId, link.scope, choice);
    const fromPage = (req.body as { choice?: unknown } | undefined)?.choice !== undefined;
    if (fromPage) return seeOther(`/unsubscribe/${token}`, 'notifications.leave.done');
    return this.page(token, link, i18n);
  }

  private async page(token: string, link: UnsubscribeLink, i18n: Translator): Promise<Page> {
    const preferences = await this.settings.of(link.memberId);
    const now = this.clock.now();
    return page('notifications/leave', unsubscribeView(token, link.scope, preferences, now, i18n), {
      titleKey: 'notifications.leave.title',
    });
  }
}

function unknown(): Page {
  return page(
    'notifications/leave-unknown',
    {},
    { titleKey: 'notifications.leave.unknown', status: 404 },
  );
}
