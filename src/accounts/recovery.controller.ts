import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { formPage, formView } from '../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { I18n, networkOf } from '../http/request.js';
import { Config } from '../kernel/config.js';
import { NotFound } from '../kernel/errors.js';
import type { Translator } from '../i18n/translator.js';
import { AddressForm, CodeReset, NewPassword } from './accounts.dto.js';
import { BrowserSession } from './browser-session.js';
import { GuessLimits } from './guess-limits.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { Recovery } from './recovery.service.js';

/** Resets forgotten passwords. */
@Controller()
export class RecoveryController {
  constructor(
    private readonly recovery: Recovery,
    private readonly tokens: OneTimeTokens,
    private readonly limits: RateLimits,
    private readonly guesses: GuessLimits,
    private readonly browser: BrowserSession,
    private readonly config: Config,
  ) {}

  @Get('forgot')
  form(@I18n() i18n: Translator): Page {
    return this.forgotPage(i18n);
  }

  @Post('forgot')
  async forgot(
    @I18n() i18n: Translator,
    @Form(AddressForm) form: Submitted<AddressForm>,
    @Req() req: Request,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.forgotPage(i18n, form);
    await this.limits.count('forgot-network', networkOf(req), 20, 3_600);
    await this.limits.count('forgot', form.value.email.toLowerCase(), 5, 3_600);
    await this.recovery.askReset(form.value.email);
    return seeOther('/forgot/sent');
  }

  @Get('forgot/sent')
  sent(): Page {
    return page('accounts/forgot-sent', {}, { titleKey: 'accounts.forgot.sent-title' });
  }

  @Get('forgot/code')
  codeForm(@I18n() i18n: Translator): Page {
    return this.codePage(i18n);
  }

  /** For accounts without an address. */
  @Post('forgot/code')
  async resetByCode(
    @I18n() i18n: Translator,
    @Form(CodeReset) form: Submitted<CodeReset>,
    @Req() req: Request,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.codePage(i18n, form);
    const { handle, code, password } = form.value;
    await this.limits.count('forgot-network', networkOf(req), 20, 3_600);
    await this.limits.count('forgot-code', handle.toLowerCase(), 10, 3_600);
    const { handle: typed } = form.values;
    const done = await catchFieldError(
      () => this.recovery.resetByCode(handle, code, password),
      typed === undefined ? {} : { handle: typed },
    );
    return 'form' in done
      ? this.codePage(i18n, done.form)
      : seeOther('/login', 'accounts.notice.reset');
  }

  @Get('reset/:token')
  async ask(@I18n() i18n: Translator, @Param('token') token: string): Promise<Page> {
    const owner = await this.tokens.peek('reset-password', token);
    if (owner === null) throw new NotFound('accounts.reset.used');
    return this.resetPage(i18n, token, await this.recovery.needsConsent(owner.memberId));
  }

  @Post('reset/:token')
  async reset(
    @I18n() i18n: Translator,
    @Param('token') token: string,
    @Form(NewPassword) form: Submitted<NewPassword>,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.refuseReset(i18n, token, form);
    const done = await catchFieldError(() => this.recovery.reset(token, form.value), form.values);
    if ('form' in done) return this.refuseReset(i18n, token, done.form);
    const owner = done.done;
    if (owner === null) throw new NotFound('accounts.reset.used');
    // Opening the account's email proves ownership, so the browser becomes known, whatever
    // strangers tried meanwhile.
    await this.browser.know(req, res, owner.memberId);
    if (owner.email !== null) await this.guesses.forget(owner.email, networkOf(req), null);
    return seeOther('/login', 'accounts.notice.reset');
  }

  private forgotPage(i18n: Translator, faulty?: InvalidForm): Page {
    return formPage('accounts/forgot', { form: formView(i18n, faulty) }, faulty, {
      titleKey: 'accounts.forgot.title',
    });
  }

  private codePage(i18n: Translator, faulty?: InvalidForm): Page {
    return formPage('accounts/code-reset', { form: formView(i18n, faulty) }, faulty, {
      titleKey: 'accounts.code-reset.title',
    });
  }

  private async refuseReset(i18n: Translator, token: string, faulty: InvalidForm): Promise<Page> {
    const owner = await this.tokens.peek('reset-password', token);
    const consents = owner !== null && (await this.recovery.needsConsent(owner.memberId));
    return this.resetPage(i18n, token, consents, faulty);
  }

  /** @param consents whether the age and the guidelines still have to be confirmed */
  private resetPage(
    i18n: Translator,
    token: string,
    consents: boolean,
    faulty?: InvalidForm,
  ): Page {
    const view = { token, form: formView(i18n, faulty), consents, age: this.config.MINIMUM_AGE };
    return formPage('accounts/reset', view, faulty, { titleKey: 'accounts.reset.title' });
  }
}
