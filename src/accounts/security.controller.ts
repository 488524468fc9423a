import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { Reauthenticated } from '../http/guards.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { IdPipe, I18n, CurrentMember, CurrentViewer } from '../http/request.js';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import type { Translator } from '../i18n/translator.js';
import { ChangeAddress, ChangePassword } from './accounts.dto.js';
import { BrowserSession } from './browser-session.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { OwnSettings } from './own-settings.service.js';
import { Recovery } from './recovery.service.js';
import { Sessions } from './sessions.service.js';
import { securityPage } from './settings-pages.view.js';

/** A member's password, address and sessions. */
@Controller('settings/security')
export class SecurityController {
  constructor(
    private readonly settings: OwnSettings,
    private readonly sessions: Sessions,
    private readonly recovery: Recovery,
    private readonly tokens: OneTimeTokens,
    private readonly browser: BrowserSession,
  ) {}

  @Get()
  show(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.page(viewer, i18n);
  }

  @Post('password')
  async password(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(ChangePassword) form: Submitted<ChangePassword>,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.page(viewer, i18n, form);
    const done = await catchFieldError(
      () =>
        this.recovery.changePassword(viewer, form.value.currentPassword, form.value.newPassword),
      {},
    );
    if ('form' in done) return this.page(viewer, i18n, done.form);
    await this.browser.begin(req, res, viewer.memberId);
    return seeOther('/settings/security', 'accounts.notice.password');
  }

  @Post('address')
  async address(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(ChangeAddress) form: Submitted<ChangeAddress>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.page(viewer, i18n, form);
    const done = await catchFieldError(
      () => this.recovery.askAddressChange(viewer, form.value.currentPassword, form.value.email),
      form.values,
    );
    return 'form' in done
      ? this.page(viewer, i18n, done.form)
      : seeOther('/settings/security', 'accounts.notice.address-asked');
  }

  @Get('address/:token')
  async askAddress(@Param('token') token: string): Promise<Page> {
    if ((await this.tokens.peek('change-email', token)) === null)
      throw new NotFound('accounts.verify.used');
    return page('accounts/change-address', { token }, { titleKey: 'accounts.address.title' });
  }

  @Post('address/:token')
  async changeAddress(
    @CurrentViewer() viewer: MaybeViewer,
    @Param('token') token: string,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<SeeOther> {
    const memberId = await this.recovery.changeAddress(token);
    if (memberId === null) throw new NotFound('accounts.verify.used');
    if (viewer?.memberId !== memberId) {
      return seeOther(viewer === null ? '/login' : '/', 'accounts.notice.address');
    }
    await this.browser.begin(req, res, memberId);
    return seeOther('/settings/security', 'accounts.notice.address');
  }

  @Post('shared-device')
  async shareDevice(
    @CurrentMember() viewer: Viewer,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<SeeOther> {
    await this.browser.share(req, res, viewer.sessionId);
    return seeOther('/settings/security', 'accounts.notice.shared-device');
  }

  @Reauthenticated()
  @Post('sessions/:id/end')
  async end(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    await this.sessions.endOne(viewer.memberId, id);
    return seeOther('/settings/security', 'accounts.notice.session-ended');
  }

  @Reauthenticated()
  @Post('sessions/end-others')
  async endOthers(@CurrentMember() viewer: Viewer): Promise<SeeOther> {
    await this.sessions.endOthers(viewer.memberId, viewer.sessionId);
    return seeOther('/settings/security', 'accounts.notice.sessions-ended');
  }

  private async page(viewer: Viewer, i18n: Translator, faulty?: InvalidForm): Promise<Page> {
    const facts = {
      own: await this.settings.account(viewer),
      sessions: await this.sessions.list(viewer.memberId),
    };
    return securityPage(i18n, viewer, facts, faulty);
  }
}
