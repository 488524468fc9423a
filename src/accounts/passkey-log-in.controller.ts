import { Controller, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Form, type Submitted } from '../http/form.js';
import type { Page, SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { I18n, networkOf } from '../http/request.js';
import type { Translator } from '../i18n/translator.js';
import { PasskeyLogIn, targetOf } from './log-in.dto.js';
import { LogInCompletion } from './log-in-completion.js';
import { LogInPage } from './log-in-page.js';
import { Passkeys } from './passkeys.service.js';

/** Log-in with a passkey: without an address and password, or as the second factor. */
@Controller()
export class PasskeyLogInController {
  constructor(
    private readonly passkeys: Passkeys,
    private readonly completion: LogInCompletion,
    private readonly pages: LogInPage,
    private readonly limits: RateLimits,
  ) {}

  @Post('login/passkey')
  async logIn(
    @I18n() i18n: Translator,
    @Form(PasskeyLogIn) form: Submitted<PasskeyLogIn>,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<Page | SeeOther> {
    const target = targetOf(form);
    await this.limits.count('log-in-passkey', networkOf(req), 60, 60);
    const memberId = form.valid
      ? await this.passkeys.logIn(form.value.credential, form.value.state)
      : null;
    if (memberId !== null) return this.completion.complete(req, res, memberId, target);
    const faults = [{ field: 'email', key: 'accounts.error.passkey-log-in' }];
    return this.pages.show(i18n, target, { values: {}, faults });
  }
}
