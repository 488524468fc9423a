import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Form, type Submitted } from '../http/form.js';
import { Layout } from '../http/layout.js';
import { localPath, seeOther, type Page, type SeeOther } from '../http/page.js';
import { PreservedForms } from '../http/preserved-form.js';
import { RateLimits } from '../http/rate-limit.js';
import { I18n, networkOf, textQuery, CurrentViewer } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import { TooManyRequests } from '../kernel/errors.js';
import type { Translator } from '../i18n/translator.js';
import { PreservedFormField, LogIn, SecondStep, targetOf } from './log-in.dto.js';
import { BrowserSession } from './browser-session.js';
import { GuessLimits } from './guess-limits.js';
import { authenticate } from './local.strategy.js';
import { preservedFormPage, LogInCompletion } from './log-in-completion.js';
import { LogInPage } from './log-in-page.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { SecondFactor } from './second-factor.service.js';
import { SigningUp } from './signing-up.service.js';

@Controller()
export class LogInController {
  constructor(
    private readonly guesses: GuessLimits,
    private readonly browser: BrowserSession,
    private readonly completion: LogInCompletion,
    private readonly pages: LogInPage,
    private readonly tokens: OneTimeTokens,
    private readonly secondFactor: SecondFactor,
    private readonly signingUp: SigningUp,
    private readonly limits: RateLimits,
    private readonly forms: PreservedForms,
    private readonly layout: Layout,
  ) {}

  @Get('login')
  form(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> | SeeOther {
    const back = localPath(textQuery(req, 'next'), '/');
    return viewer === null
      ? this.pages.show(i18n, { back, kept: undefined, shared: this.layout.isSharedDevice(req) })
      : seeOther(back);
  }

  @Post('login')
  async logIn(
    @I18n() i18n: Translator,
    @Form(LogIn) form: Submitted<LogIn>,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<Page | SeeOther> {
    const target = targetOf(form);
    if (!form.valid) return this.pages.show(i18n, target, form);
    const { email, code } = form.value;
    const network = networkOf(req);
    const device = await this.browser.deviceFor(req, email);
    await this.guesses.count(email, network, device);
    const member = await authenticate(req, res);
    if (member?.verified === false) await this.sendLinkAgain(member.id);
    if (member?.verified !== true) {
      const faults = [{ field: 'email', key: 'accounts.error.log-in' }];
      return this.pages.show(i18n, target, { values: { email }, faults });
    }
    await this.guesses.forget(email, network, device);
    if (!member.secondFactor) return this.completion.complete(req, res, member.id, target);
    if (code !== '' && (await this.secondFactor.verify(member.id, code)))
      return this.completion.complete(req, res, member.id, target);
    const ticket = await this.tokens.mint('second-step', member.id, null);
    const fault = code === '' ? undefined : 'accounts.error.code';
    return this.pages.secondStep(i18n, { ticket, memberId: member.id }, target, fault);
  }

  /** Verifies the code after the password; the ticket identifies the member. */
  @Post('login/code')
  async secondStep(
    @I18n() i18n: Translator,
    @Form(SecondStep) form: Submitted<SecondStep>,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<Page | SeeOther> {
    const target = targetOf(form);
    const ticket = typeof form.values.ticket === 'string' ? form.values.ticket : '';
    const owner = await this.tokens.peek('second-step', ticket);
    if (owner === null) {
      const faults = [{ field: 'email', key: 'accounts.error.second-step-late' }];
      return this.pages.show(i18n, target, { values: {}, faults });
    }
    const fits = form.valid && (await this.secondFactor.verify(owner.memberId, form.value.code));
    const step = { ticket, memberId: owner.memberId };
    if (!fits) return this.pages.secondStep(i18n, step, target, 'accounts.error.code');
    await this.tokens.use('second-step', ticket);
    return this.completion.complete(req, res, owner.memberId, target);
  }

  /** Restores the text of this page after a log-in in another tab. */
  @Post('login/kept')
  async kept(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Form(PreservedFormField) form: Submitted<PreservedFormField>,
    @Req() req: Request,
  ): Promise<Page | SeeOther> {
    const kept = form.valid ? form.value.kept : undefined;
    if (viewer === null) {
      const shared = this.layout.isSharedDevice(req);
      return this.pages.show(i18n, { back: '/', kept, shared });
    }
    const preserved = this.forms.open(kept);
    return preserved === null ? seeOther('/') : preservedFormPage(preserved);
  }

  @Post('logout')
  async logOut(@Req() req: Request, @Res({ passthrough: true }) res: Response): Promise<SeeOther> {
    await this.browser.end(req, res);
    return seeOther('/', 'accounts.notice.logged-out');
  }

  /**
   * Handles an unconfirmed account exactly like an unknown one: otherwise a sign-up followed by a
   * log-in would reveal whether the address was new.
   */
  private async sendLinkAgain(memberId: string): Promise<void> {
    try {
      await this.limits.count('verification', memberId, 5, 3_600);
    } catch (error) {
      if (error instanceof TooManyRequests) return;
      throw error;
    }
    await this.signingUp.sendAgain({ memberId });
  }
}
