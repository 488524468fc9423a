import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { formPage, formView } from '../http/form-page.js';
import { Form, type FaultyForm, type Submitted } from '../http/form.js';
import { PreservedForms, preservedFormView } from '../http/preserved-form.js';
import { localPath, page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { I18n, networkOf, textQuery, CurrentViewer } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import { TooMany } from '../kernel/errors.js';
import type { Translator } from '../i18n/translator.js';
import { LogIn } from './accounts.dto.js';
import { BrowserSession } from './browser-session.js';
import { GuessLimits } from './guess-limits.js';
import { authenticate } from './local.strategy.js';
import { SigningUp } from './signing-up.service.js';

@Controller()
export class LogInController {
  constructor(
    private readonly guesses: GuessLimits,
    private readonly browser: BrowserSession,
    private readonly kept: PreservedForms,
    private readonly signingUp: SigningUp,
    private readonly limits: RateLimits,
  ) {}

  @Get('login')
  form(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Page | SeeOther {
    const back = localPath(textQuery(req, 'next'), '/');
    return viewer === null ? this.page(i18n, { back }) : seeOther(back);
  }

  @Post('login')
  async logIn(
    @I18n() i18n: Translator,
    @Form(LogIn) form: Submitted<LogIn>,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<Page | SeeOther> {
    const back = localPath(form.values.next, '/');
    const sealed = typeof form.values.kept === 'string' ? form.values.kept : undefined;
    if (!form.valid) return this.page(i18n, { back, sealed, faulty: form });
    const network = networkOf(req);
    const device = await this.browser.deviceFor(req, form.value.email);
    await this.guesses.count(form.value.email, network, device);
    const member = await authenticate(req, res);
    if (member?.verified === false) await this.sendLinkAgain(member.id);
    if (member?.verified !== true) {
      const faulty = {
        values: { email: form.value.email },
        faults: [{ field: 'email', key: 'accounts.error.log-in' }],
      };
      return this.page(i18n, { back, sealed, faulty });
    }
    await this.guesses.forget(form.value.email, network, device);
    await this.browser.begin(req, res, member.id);
    const written = this.kept.open(sealed);
    if (written === null) return seeOther(back);
    return page('accounts/kept', preservedFormView(written), { titleKey: 'accounts.kept.title' });
  }

  @Post('logout')
  async logOut(@Req() req: Request, @Res({ passthrough: true }) res: Response): Promise<SeeOther> {
    await this.browser.end(req, res);
    return seeOther('/', 'accounts.notice.logged-out');
  }

  /**
   * An account that nobody confirmed answers like one that is not there: whoever signed up with an
   * address and a password of their own would learn from a log-in whether the address was new.
   */
  private async sendLinkAgain(memberId: string): Promise<void> {
    try {
      await this.limits.count('verification', memberId, 5, 3_600);
    } catch (error) {
      if (error instanceof TooMany) return;
      throw error;
    }
    await this.signingUp.sendAgain({ memberId });
  }

  private page(
    i18n: Translator,
    what: { back: string; sealed?: string; faulty?: FaultyForm },
  ): Page {
    const view = {
      back: what.back,
      kept: what.sealed,
      waiting: what.sealed !== undefined && what.sealed !== '',
      form: formView(i18n, what.faulty),
    };
    return formPage('accounts/login', view, what.faulty, {
      titleKey: 'accounts.login.title',
    });
  }
}
