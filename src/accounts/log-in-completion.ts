import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { PreservedForms, preservedFormView } from '../http/preserved-form.js';
import { BrowserSession } from './browser-session.js';

/** Where a log-in leads: the page that was asked for, or a form that was sent without a session. */
export interface LogInTarget {
  back: string;
  kept: string | undefined;
  /** Others use the device too. */
  shared: boolean;
}

/** The end of every log-in, whatever proved who it is. */
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
    if (form === null) return seeOther(target.back);
    return page('accounts/kept', preservedFormView(form), { titleKey: 'accounts.kept.title' });
  }
}
