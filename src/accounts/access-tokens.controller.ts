import { Controller, Get, Param, Post } from '@nestjs/common';
import { formPage } from '../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { Reauthenticated } from '../http/guards.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { CurrentMember, I18n, IdPipe } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { NewAccessToken } from './access-tokens.dto.js';
import { AccessTokens } from './access-tokens.service.js';
import { accessTokensView } from './access-tokens.view.js';

const TITLE = { titleKey: 'apps.title' };

/** Lets members create and revoke access tokens for API clients. */
@Controller('settings/apps')
export class AccessTokensController {
  constructor(private readonly tokens: AccessTokens) {}

  @Get()
  list(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.listPage(viewer, i18n);
  }

  /** Shows the token once. Requires the password, because the token outlives the session. */
  @Post()
  @Reauthenticated()
  async create(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(NewAccessToken) form: Submitted<NewAccessToken>,
  ): Promise<Page> {
    if (!form.valid) return this.listPage(viewer, i18n, form);
    const done = await catchFieldError(() => this.tokens.create(viewer, form.value), form.values);
    if ('form' in done) return this.listPage(viewer, i18n, done.form);
    return page('accounts/app-created', { name: form.value.name, token: done.done }, TITLE);
  }

  @Post(':id/revoke')
  async revoke(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.tokens.revoke(viewer, id);
    return seeOther('/settings/apps', 'apps.notice.revoked');
  }

  private async listPage(viewer: Viewer, i18n: Translator, faulty?: InvalidForm): Promise<Page> {
    const rows = await this.tokens.list(viewer);
    return formPage('accounts/apps', accessTokensView(rows, viewer, i18n, faulty), faulty, TITLE);
  }
}
