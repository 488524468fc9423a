import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { tickOptions } from '../http/options.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { Layout } from '../http/layout.js';
import { page, seeOther, withNext, type Page, type SeeOther } from '../http/page.js';
import { SiteSettings } from '../http/site-settings.js';
import { RateLimits } from '../http/rate-limit.js';
import { I18n, CurrentMember, networkOf, CurrentViewer } from '../http/request.js';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import { Config } from '../kernel/config.js';
import { Forbidden, NotFound } from '../kernel/errors.js';
import type { Translator } from '../i18n/translator.js';
import { SignUp } from './sign-up.dto.js';
import { Arrivals, type Reason } from './arrivals.js';
import { BrowserSession } from './browser-session.js';
import { handleIdeas, ideaStatus, withIdea } from './handle-ideas.js';
import { resemblesRealName } from './handles.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { SigningUp } from './signing-up.service.js';

@Controller()
export class SignUpController {
  constructor(
    private readonly signingUp: SigningUp,
    private readonly layout: Layout,
    private readonly tokens: OneTimeTokens,
    private readonly limits: RateLimits,
    private readonly config: Config,
    private readonly settings: SiteSettings,
    private readonly arrivals: Arrivals,
    private readonly browser: BrowserSession,
  ) {}

  @Get('signup')
  form(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> | Page | SeeOther {
    if (!this.settings.canSignUp)
      return page('accounts/sign-up-closed', {}, { titleKey: 'accounts.closed.title' });
    const reason = this.arrivals.reasonIn(req.query);
    return viewer === null ? this.page(i18n, reason) : seeOther(reason.back);
  }

  @Post('signup')
  async signUp(
    @I18n() i18n: Translator,
    @Form(SignUp) form: Submitted<SignUp>,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<Page | SeeOther> {
    if (!this.settings.canSignUp) throw new Forbidden('accounts.closed.lead');
    const reason = this.arrivals.reasonIn(form.values);
    // A suggested name was pressed, which is no attempt to sign up yet.
    const idea = withIdea(form.values);
    if (idea !== null) return this.page(i18n, reason, idea);
    if (!form.valid) return this.page(i18n, reason, form);
    await this.limits.count('sign-up', networkOf(req), 30, 3_600);
    if (resemblesRealName(form.value.handle) && !form.value.keepHandle)
      return this.page(i18n, reason, { faults: [], values: form.values }, true);
    // Without an address, this rate limit is the only protection against automated sign-ups.
    if (form.value.withoutEmail)
      await this.limits.count('sign-up-without-email', networkOf(req), 5, 3_600);
    const done = await catchFieldError(
      () => this.signingUp.signUp(form.value, this.layout.mailLocaleOf(req)),
      form.values,
    );
    if ('form' in done) return this.page(i18n, reason, done.form, form.value.keepHandle);
    if (done.done === null) {
      this.arrivals.keep(res, form.value.handle, reason);
      return seeOther('/signup/sent');
    }
    const view = {
      codes: done.done,
      handle: form.value.handle,
      logIn: withNext('/login', reason.back),
    };
    return page('accounts/joined', view, { titleKey: 'accounts.joined.title' });
  }

  @Get('signup/sent')
  sent(): Page {
    return page('accounts/sent', {}, { titleKey: 'accounts.sent.title' });
  }

  /** Mail scanners follow links, so only the button on this page performs the action. */
  @Get('verify/:token')
  async ask(@Param('token') token: string): Promise<Page> {
    const owner = await this.tokens.peek('verify-email', token);
    return page(
      'accounts/verify',
      { token, known: owner !== null },
      { titleKey: 'accounts.verify.title', status: owner === null ? 404 : 200 },
    );
  }

  /**
   * Signs the browser in that signed up, joins the community it came for, and redirects back. Any
   * other browser must log in: a link sent by somebody else must not open their account here
   * (log-in CSRF).
   */
  @Post('verify/:token')
  async verify(
    @Param('token') token: string,
    @CurrentViewer() viewer: MaybeViewer,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<SeeOther> {
    const verified = await this.signingUp.verify(token);
    if (verified === null) throw new NotFound('accounts.verify.used');
    if (viewer !== null) return seeOther('/', 'accounts.notice.verified');
    const reason = verified.first ? this.arrivals.take(req, res, verified.handle) : null;
    if (reason === null) return seeOther('/login', 'accounts.notice.verified');
    const arrived = await this.browser.arrive(req, res, verified.memberId);
    await this.arrivals.join(arrived, reason);
    return seeOther(reason.back, 'accounts.notice.arrived');
  }

  @Post('settings/security/verification')
  async again(@CurrentMember() viewer: Viewer): Promise<SeeOther> {
    await this.limits.count('verification', viewer.memberId, 5, 3_600);
    await this.signingUp.sendAgain(viewer);
    return seeOther('/settings/security', 'accounts.notice.sent-again');
  }

  /** @param looksReal whether to warn about the handle */
  private async page(
    i18n: Translator,
    reason: Reason,
    faulty?: InvalidForm,
    looksReal = false,
  ): Promise<Page> {
    const form = formView(i18n, faulty);
    const safe = tickOptions(['yes', 'no'], form.values.mailSafe, (value) =>
      i18n.t(`accounts.signup.safe-${value}`),
    );
    const view = {
      form,
      safe,
      reason,
      why: await this.why(i18n, reason),
      logIn: withNext('/login', reason.back),
      looksReal,
      mayLackEmail: this.config.ACCOUNTS_WITHOUT_MAIL === 'on',
      age: this.config.MINIMUM_AGE,
      suggestions: handleIdeas(),
    };
    return formPage('accounts/signup', view, faulty, {
      titleKey: 'accounts.signup.title',
      indexable: true,
      ...ideaStatus(faulty),
    });
  }

  /** Says what somebody signs up for; null if they came from no particular page. */
  private async why(i18n: Translator, reason: Reason): Promise<string | null> {
    const community = await this.arrivals.describe(reason);
    if (community !== null)
      return i18n.t(`accounts.signup.why.${community.joins ? 'join' : 'ask'}`, {
        name: community.name,
      });
    return reason.back === '/' ? null : i18n.t('accounts.signup.why.back');
  }
}
