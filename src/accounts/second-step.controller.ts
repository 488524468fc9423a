import { Controller, Get, Post } from '@nestjs/common';
import { Reauthenticated } from '../http/guards.js';
import { Form, catchFieldError, type Submitted } from '../http/form.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { CurrentMember, I18n } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { IdempotentForm } from '../http/fields.js';
import { AppCode } from './accounts.dto.js';
import { SecondFactor } from './second-factor.service.js';
import { SecondStepPage } from './second-step-page.js';
import { TotpSecrets } from './totp-secrets.js';

const PAGE = '/settings/security/second-step';

/** Manages a member's second factors: an authenticator app and recovery codes. */
@Reauthenticated()
@Controller('settings/security/second-step')
export class SecondStepController {
  constructor(
    private readonly secondFactor: SecondFactor,
    private readonly totp: TotpSecrets,
    private readonly pages: SecondStepPage,
    private readonly limits: RateLimits,
  ) {}

  @Get()
  show(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.pages.settings(viewer, i18n);
  }

  @Post('app')
  async begin(@CurrentMember() viewer: Viewer): Promise<SeeOther> {
    await this.totp.begin(viewer.memberId);
    return seeOther(`${PAGE}#app`);
  }

  /** The codes are part of this response, so that no other request shows them again. */
  @Post('app/confirm')
  async confirm(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(AppCode) form: Submitted<AppCode>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.pages.settings(viewer, i18n, form);
    const done = await catchFieldError(
      () => this.secondFactor.confirm(viewer, form.value.code, form.value.idempotencyKey),
      {},
    );
    if ('form' in done) return this.pages.settings(viewer, i18n, done.form);
    return done.done === null ? seeOther(PAGE, 'accounts.notice.app') : this.pages.codes(done.done);
  }

  @Post('app/remove')
  async remove(@CurrentMember() viewer: Viewer): Promise<SeeOther> {
    await this.secondFactor.removeApp(viewer);
    return seeOther(PAGE, 'accounts.notice.app-removed');
  }

  @Post('codes')
  async codes(
    @CurrentMember() viewer: Viewer,
    @Form(IdempotentForm) form: Submitted<IdempotentForm>,
  ): Promise<Page | SeeOther> {
    const { app, passkeys, mailbox } = await this.secondFactor.stateOf(viewer.memberId);
    if (!form.valid || (!app && passkeys === 0 && mailbox)) return seeOther(PAGE);
    await this.limits.count('recovery-codes', viewer.memberId, 10, 3_600);
    return this.pages.codes(await this.secondFactor.newCodes(viewer, form.value.idempotencyKey));
  }
}
