import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import { IsIn } from 'class-validator';
import type { Request } from 'express';
import { Form, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { I18n } from '../../http/request.js';
import { Clock } from '../../kernel/clock.js';
import type { Translator } from '../../i18n/translator.js';
import { UnsubscribeTokens } from './unsubscribe-tokens.js';
import {
  MailSettings,
  type UnsubscribeChoice,
  type UnsubscribeScope,
} from './mail-settings.service.js';
import { MAIL_KINDS } from './notice-kinds.js';

const CHOICES = ['this', 'weekly', 'pause', 'all', 'keep'] as const satisfies UnsubscribeChoice[];

export class UnsubscribeForm {
  /** A mail program sends none, and means the mails that the link came with. */
  @IsIn(CHOICES, { message: 'forms.error.invalid' })
  choice: UnsubscribeChoice = 'this';
}

/**
 * Unsubscribes whoever holds the link, without a log-in or a form token. Opening the page changes
 * nothing; POST is one click (RFC 8058).
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
    return page('notifications/leave', await this.view(token, link.memberId, link.scope, i18n), {
      titleKey: 'notifications.leave.title',
    });
  }

  @Post(':token')
  async leave(
    @Param('token') token: string,
    @I18n() i18n: Translator,
    @Form(UnsubscribeForm) form: Submitted<UnsubscribeForm>,
    @Req() req: Request,
  ): Promise<Page | SeeOther> {
    const link = await this.tokens.find(token);
    if (link === null) return unknown();
    // A mail program may send other fields along; it still means to unsubscribe.
    const choice = form.valid ? form.value.choice : 'this';
    await this.settings.leave(link.memberId, link.scope, choice);
    const fromPage = (req.body as { choice?: unknown } | undefined)?.choice !== undefined;
    if (fromPage) return seeOther(`/unsubscribe/${token}`, 'notifications.leave.done');
    return page('notifications/leave', await this.view(token, link.memberId, link.scope, i18n), {
      titleKey: 'notifications.leave.title',
    });
  }

  private async view(
    token: string,
    memberId: string,
    scope: UnsubscribeScope,
    i18n: Translator,
  ): Promise<object> {
    const { settings, everywhere, choices } = await this.settings.of(memberId);
    const on = MAIL_KINDS.filter((kind) => everywhere[kind] !== 'never');
    const own = new Set(
      choices
        .filter((each) => each.communityId !== null && each.frequency !== 'never')
        .map((each) => each.communityId),
    ).size;
    const stays =
      settings.mailSafe === 'no'
        ? []
        : on.map(
            (kind) =>
              `${i18n.t(`notifications.mail.${kind}`)}: ${i18n.t(`notifications.frequency.${everywhere[kind]}`)}`,
          );
    const off =
      scope === 'all' || scope === 'digest'
        ? settings.nextDigestAt === null
        : everywhere[scope] === 'never' || settings.mailSafe === 'no';
    const paused =
      settings.pausedUntil !== null && settings.pausedUntil > this.clock.now()
        ? i18n.date(settings.pausedUntil)
        : null;
    const offered = CHOICES.filter(
      (each) =>
        (each !== 'this' || !off) &&
        (each !== 'weekly' || on.some((kind) => everywhere[kind] === 'daily')),
    );
    return {
      token,
      off,
      paused,
      what:
        scope === 'all'
          ? i18n.t('notifications.leave.everything')
          : scope === 'digest'
            ? i18n.t('notifications.leave.digest')
            : i18n.t(`notifications.mail.${scope}`),
      choices: offered.map((value, at) => ({
        value,
        label: i18n.t(`notifications.leave.${value}`),
        checked: at === 0,
      })),
      stays:
        own > 0 && settings.mailSafe !== 'no'
          ? [...stays, i18n.t('notifications.leave.communities', { count: own })]
          : stays,
    };
  }
}

function unknown(): Page {
  return page(
    'notifications/leave-unknown',
    {},
    { titleKey: 'notifications.leave.unknown', status: 404 },
  );
}
