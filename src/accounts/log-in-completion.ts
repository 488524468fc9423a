import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { LogInTarget } from '../http/log-in-form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { PreservedForms, preservedFormView, type PreservedForm } from '../http/preserved-form.js';
import { BrowserSession } from './browser-session.js';

/** Completes every log-in, whichever method proved the identity. */
@Injectable()
export class LogInCompletion {
  constructor(
    private readonly browser: BrowserSession,
    private readonly forms: PreservedForms,
  ) {}

  async complete(
    req: Request,
    res: Response,
    memberId: string,
    target: LogInTarget,
  ): Promise<Page | SeeOther> {
    await this.browser.begin(req, res, memberId, target.shared);
    const form = this.forms.open(target.kept);
    return form === null ? seeOther(target.back) : preservedFormPage(form);
  }
}

/** Shows the text again that was written before the log-in. */
export function preservedFormPage(form: PreservedForm): Page {
  return page('accounts/kept', preservedFormView(form), { titleKey: 'accounts.kept.title' });
}
