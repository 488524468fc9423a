import { Controller, Get, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { cookieName, dropCookie, readCookie, setCookie } from '../http/cookies.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { Layout } from '../http/layout.js';
import { localPath, page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { CurrentViewer, I18n, networkOf, textQuery } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import { Config } from '../kernel/config.js';
import { NotFound } from '../kernel/errors.js';
import type { Translator } from '../i18n/translator.js';
import { OrganisationJoin } from './accounts.dto.js';
import { BrowserSession } from './browser-session.js';
import { handleIdeas, ideaStatus, withIdea } from './handle-ideas.js';
import { resemblesRealName } from './handles.js';
import { LogInCompletion } from './log-in-completion.js';
import { LogInPage } from './log-in-page.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { OrganisationClient } from './organisation-client.js';
import { OrganisationIdentities } from './organisation-identities.service.js';

const JOURNEY_COOKIE = 'organisation';

/**
 * Log-in with the identity of the organisation that runs this server; disabled without its
 * settings.
 */
@Controller('login/organisation')
export class OrganisationController {
  constructor(
    private readonly client: OrganisationClient,
    private readonly identities: OrganisationIdentities,
    private readonly completion: LogInCompletion,
    private readonly pages: LogInPage,
    private readonly tokens: OneTimeTokens,
    private readonly browser: BrowserSession,
    private readonly limits: RateLimits,
    private readonly config: Config,
    private readonly layout: Layout,
  ) {}

  @Get()
  async start(
    @I18n() i18n: Translator,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<Page | string> {
    if (!this.client.enabled) throw new NotFound();
    await this.limits.count('log-in-organisation', networkOf(req), 60, 60);
    const next = localPath(textQuery(req, 'next'), '/');
    const started = await this.client.start(next);
    if (started === null) {
      const faults = [{ field: 'email', key: 'accounts.error.organisation-away' }];
      const target = { back: next, kept: undefined, shared: this.layout.isSharedDevice(req) };
      return this.pages.show(i18n, target, { values: {}, faults });
    }
    setCookie(res, this.config, JOURNEY_COOKIE, started.journey, { session: true });
    res.setHeader('Cache-Control', 'private, no-store');
    res.status(303).setHeader('Location', started.address);
    return '';
  }

  @Get('back')
  async back(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<Page | SeeOther> {
    if (!this.client.enabled) throw new NotFound();
    const journey = this.client.journey(readCookie(req, cookieName(this.config, JOURNEY_COOKIE)));
    dropCookie(res, this.config, JOURNEY_COOKIE);
    const back = localPath(journey?.next, '/');
    const target = { back, kept: undefined, shared: this.layout.isSharedDevice(req) };
    const digest = journey === null ? null : await this.client.finish(journey, req.originalUrl);
    if (digest === null) {
      const faults = [{ field: 'email', key: 'accounts.error.organisation' }];
      return this.pages.show(i18n, target, { values: {}, faults });
    }
    const member = await this.identities.find(digest);
    if (member === null) return this.joinPage(i18n, this.client.sealIdentity(digest));
    const { memberId } = member;
    // Already signed in: this is a re-authentication.
    if (viewer?.memberId === memberId) {
      await this.browser.reauthenticate(req, res, viewer);
      return seeOther(target.back);
    }
    if (!member.secondFactor) return this.completion.complete(req, res, memberId, target);
    const ticket = await this.tokens.mint('second-step', memberId, null);
    return this.pages.secondStep(i18n, { ticket, memberId }, target);
  }

  /** No profile data is taken from the organisation: members choose their handle here. */
  @Post('join')
  async join(
    @I18n() i18n: Translator,
    @Form(OrganisationJoin) form: Submitted<OrganisationJoin>,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<Page | SeeOther> {
    if (!this.client.enabled) throw new NotFound();
    const ticket = typeof form.values.ticket === 'string' ? form.values.ticket : '';
    const idea = withIdea(form.values);
    if (idea !== null) return this.joinPage(i18n, ticket, idea);
    if (!form.valid) return this.joinPage(i18n, ticket, form);
    await this.limits.count('sign-up', networkOf(req), 30, 3_600);
    const digest = this.client.openIdentity(form.value.ticket);
    if (digest === null) return seeOther('/login/organisation');
    const { handle, keepHandle } = form.value;
    if (resemblesRealName(handle) && !keepHandle)
      return this.joinPage(i18n, ticket, { faults: [], values: form.values }, true);
    const done = await catchFieldError(() => this.identities.join(digest, handle), form.values);
    if ('form' in done) return this.joinPage(i18n, ticket, done.form, keepHandle);
    await this.browser.begin(req, res, done.done.memberId);
    return page('accounts/recovery-codes', done.done, { titleKey: 'accounts.codes.title' });
  }

  /** @param advised whether to warn about a handle that looks like a real name */
  private joinPage(i18n: Translator, ticket: string, faulty?: InvalidForm, advised = false): Page {
    const view = {
      ticket,
      looksReal: advised,
      form: formView(i18n, faulty),
      age: this.config.MINIMUM_AGE,
      suggestions: handleIdeas(),
    };
    return formPage('accounts/organisation-join', view, faulty, {
      titleKey: 'accounts.organisation.title',
      ...ideaStatus(faulty),
    });
  }
}
