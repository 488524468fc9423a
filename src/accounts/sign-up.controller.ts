import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { tickOptions } from '../http/options.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { SiteSettings } from '../http/site-settings.js';
import { RateLimits } from '../http/rate-limit.js';
import { I18n, CurrentMember, networkOf, CurrentViewer } from '../http/request.js';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import { Config } from '../kernel/config.js';
import { Forbidden, NotFound } from '../kernel/errors.js';
import type { Translator } from '../i18n/translator.js';
import { SignUp } from './accounts.dto.js';
import { looksReal, suggestHandle } from './handles.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { SigningUp } from './signing-up.service.js';

const SUGGESTIONS = 4;

@Controller()
export class SignUpController {
  constructor(
    private readonly signingUp: SigningUp,
    private readonly tokens: OneTimeTokens,
    private readonly limits: RateLimits,
    private readonly config: Config,
    private readonly settings: SiteSettings,
  ) {}

  @Get('signup')
  form(@CurrentViewer() viewer: MaybeViewer, @I18n() i18n: Translator): Page | SeeOther {
    if (!this.settings.current.signUpsOpen)
      return page('accounts/sign-up-closed', {}, { titleKey: 'accounts.closed.title' });
    return viewer === null ? this.page(i18n) : seeOther('/');
  }

  @Post('signup')
  async signUp(
    @I18n() i18n: Translator,
    @Form(SignUp) form: Submitted<SignUp>,
    @Req() req: Request,
  ): Promise<Page | SeeOther> {
    if (!this.settings.current.signUpsOpen) throw new Forbidden('accounts.closed.lead');
    if (!form.valid) return this.page(i18n, form);
    await this.limits.count('sign-up', networkOf(req), 30, 3_600);
    if (looksReal(form.value.handle) && !form.value.keepHandle)
      return this.page(i18n, { faults: [], values: form.values }, true);
    // Without an address nothing but this keeps a program from joining over and over.
    if (form.value.withoutEmail)
      await this.limits.count('sign-up-without-email', networkOf(req), 5, 3_600);
    const done = await refusedField(() => this.signingUp.signUp(form.value), form.values);
    if ('form' in done) return this.page(i18n, done.form, form.value.keepHandle);
    if (done.done === null) return seeOther('/signup/sent');
    const view = { codes: done.done, handle: form.value.handle };
    return page('accounts/joined', view, { titleKey: 'accounts.joined.title' });
  }

  @Get('signup/sent')
  sent(): Page {
    return page('accounts/sent', {}, { titleKey: 'accounts.sent.title' });
  }

  /** Programs that look at mail follow links; only the button on this page acts. */
  @Get('verify/:token')
  async ask(@Param('token') token: string): Promise<Page> {
    const known = await this.tokens.peek('verify-email', token);
    return page(
      'accounts/verify',
      { token, known: known !== null },
      { titleKey: 'accounts.verify.title', status: known === null ? 404 : 200 },
    );
  }

  @Post('verify/:token')
  async verify(
    @Param('token') token: string,
    @CurrentViewer() viewer: MaybeViewer,
  ): Promise<SeeOther> {
    if (!(await this.signingUp.verify(token))) throw new NotFound('accounts.verify.used');
    return seeOther(viewer === null ? '/login' : '/', 'accounts.notice.verified');
  }

  @Post('settings/security/verification')
  async again(@CurrentMember() viewer: Viewer): Promise<SeeOther> {
    await this.limits.count('verification', viewer.memberId, 5, 3_600);
    await this.signingUp.sendAgain(viewer);
    return seeOther('/settings/security', 'accounts.notice.sent-again');
  }

  /** @param looksReal a word about the name, before it counts */
  private page(i18n: Translator, faulty?: FaultyForm, looksReal = false): Page {
    const form = formView(i18n, faulty);
    const safe = tickOptions(['yes', 'no'], form.values.mailSafe, (value) =>
      i18n.t(`accounts.signup.safe-${value}`),
    );
    const view = {
      form,
      safe,
      looksReal,
      mayLackEmail: this.config.ACCOUNTS_WITHOUT_MAIL === 'on',
      age: this.config.MINIMUM_AGE,
      suggestions: Array.from({ length: SUGGESTIONS }, () => suggestHandle()),
    };
    return formPage('accounts/signup', view, faulty, {
      titleKey: 'accounts.signup.title',
      indexable: true,
    });
  }
}
