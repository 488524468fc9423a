import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { COUNTRY_COOKIE, cookieName, dropCookie, readCookie } from '../http/cookies.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember, IdPipe } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Config } from '../kernel/config.js';
import type { Translator } from '../i18n/translator.js';
import { BreakForm, Profile } from './accounts.dto.js';
import { OwnSettings } from './own-settings.service.js';
import { privacySettingsPage, profileSettingsPage } from './settings-pages.view.js';

/** A member's profile, whom they have hidden, and their breaks. */
@Controller('settings')
export class SettingsController {
  constructor(
    private readonly settings: OwnSettings,
    private readonly config: Config,
  ) {}

  @Get()
  start(@CurrentMember() _viewer: Viewer): SeeOther {
    return seeOther('/settings/profile');
  }

  @Get('profile')
  profile(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.profilePage(viewer, i18n);
  }

  @Post('profile')
  async save(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(Profile) form: Submitted<Profile>,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.profilePage(viewer, i18n, form);
    await this.settings.save(viewer, form.value);
    // The latest choice wins: a country chosen on this device would otherwise override it.
    if (readCookie(req, cookieName(this.config, COUNTRY_COOKIE)) !== undefined) {
      dropCookie(res, this.config, COUNTRY_COOKIE);
    }
    return seeOther('/settings/profile', 'accounts.notice.saved');
  }

  @Post('avatar')
  async avatar(@CurrentMember() viewer: Viewer): Promise<SeeOther> {
    await this.settings.newAvatar(viewer);
    return seeOther('/settings/profile', 'accounts.notice.avatar');
  }

  @Get('privacy')
  privacy(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.privacyPage(viewer, i18n);
  }

  @Post('privacy/aliases/:id/unblock')
  async unblockAlias(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) aliasId: string,
  ): Promise<SeeOther> {
    await this.settings.unblockAlias(viewer, aliasId);
    return seeOther('/settings/privacy', 'accounts.notice.unblocked');
  }

  @Post('break')
  async takeBreak(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(BreakForm) form: Submitted<BreakForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.privacyPage(viewer, i18n, form);
    const done = await catchFieldError(
      () => this.settings.takeBreak(viewer, form.value.until),
      form.values,
    );
    return 'form' in done
      ? this.privacyPage(viewer, i18n, done.form)
      : seeOther('/settings/privacy', 'accounts.notice.break');
  }

  @Post('break/end')
  async endBreak(@CurrentMember() viewer: Viewer): Promise<SeeOther> {
    await this.settings.endBreak(viewer);
    return seeOther('/settings/privacy', 'accounts.notice.back');
  }

  private async profilePage(viewer: Viewer, i18n: Translator, faulty?: InvalidForm): Promise<Page> {
    return profileSettingsPage(i18n, await this.settings.account(viewer), faulty);
  }

  private async privacyPage(viewer: Viewer, i18n: Translator, faulty?: InvalidForm): Promise<Page> {
    return privacySettingsPage(i18n, viewer, await this.settings.hidden(viewer), faulty);
  }
}
