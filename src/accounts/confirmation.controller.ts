import { Controller, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Form, type InvalidForm, type Submitted } from '../http/form.js';
import { reauthenticationPage } from '../http/log-in-form.js';
import { localPath, page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { PreservedForms, preservedFormView } from '../http/preserved-form.js';
import { CurrentMember, I18n } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { Confirmation } from './accounts.dto.js';
import { BrowserSession } from './browser-session.js';
import { Credentials } from './credentials.js';

/** Asks for the password again before a sensitive action; `@Reauthenticated()` redirects here. */
@Controller('settings/confirm')
export class ConfirmationController {
  constructor(
    private readonly credentials: Credentials,
    private readonly browser: BrowserSession,
    private readonly forms: PreservedForms,
  ) {}

  @Post()
  async confirm(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(Confirmation) form: Submitted<Confirmation>,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return confirmPage(i18n, form);
    const { currentPassword, next, kept } = form.value;
    if (!(await this.credentials.checkOwn(viewer.memberId, currentPassword))) {
      const faults = [{ field: 'currentPassword', key: 'accounts.error.wrong-password' }];
      return confirmPage(i18n, { values: form.values, faults });
    }
    await this.browser.reauthenticate(req, res, viewer);
    const preserved = this.forms.open(kept);
    if (preserved === null) return seeOther(localPath(next, '/settings/security'));
    return page('accounts/confirmed', preservedFormView(preserved), {
      titleKey: 'accounts.confirm.done',
    });
  }
}

function confirmPage(i18n: Translator, faulty: InvalidForm): Page {
  const { next, kept } = faulty.values;
  const target = {
    back: localPath(next, '/settings/security'),
    kept: typeof kept === 'string' ? kept : undefined,
  };
  return reauthenticationPage(i18n, target, { faulty });
}
