import { Controller, Get, Post, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Credentials } from '../accounts/credentials.js';
import { formPage, formView } from '../http/form-page.js';
import { Reauthenticated } from '../http/guards.js';
import { Form, type InvalidForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Templates } from '../rendering/templates.js';
import type { Translator } from '../i18n/translator.js';
import { AccountClosure } from './account-closure.service.js';
import { ClosureForm } from './account-data.dto.js';
import { DataExport } from './data-export.service.js';
import { fileView, ownDataView, receiptView } from './account-data.view.js';

/** Routes to download one's data, and to close the account. */
@Controller('settings/data')
export class AccountDataController {
  constructor(
    private readonly data: DataExport,
    private readonly closure: AccountClosure,
    private readonly credentials: Credentials,
    private readonly limits: RateLimits,
    private readonly templates: Templates,
  ) {}

  @Get()
  show(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.page(viewer, i18n);
  }

  @Reauthenticated()
  @Get('my-data.json')
  async json(
    @CurrentMember() viewer: Viewer,
    @Res({ passthrough: true }) res: Response,
  ): Promise<string> {
    await this.limits.count('own-data', viewer.memberId, 20, 3_600);
    asFile(res, 'json', 'application/json; charset=utf-8');
    return `${JSON.stringify(await this.data.of(viewer.memberId), null, 2)}\n`;
  }

  /** One self-contained file that any browser displays offline. */
  @Reauthenticated()
  @Get('my-data.html')
  async html(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Res({ passthrough: true }) res: Response,
  ): Promise<string> {
    await this.limits.count('own-data', viewer.memberId, 20, 3_600);
    const facts = { locale: i18n.locale, title: i18n.t('accounts.data.title') };
    asFile(res, 'html', 'text/html; charset=utf-8');
    const view = fileView(i18n, await this.data.of(viewer.memberId));
    return this.templates.file('own-data/file', view, facts);
  }

  @Post('close')
  async close(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(ClosureForm) form: Submitted<ClosureForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid)
      return this.page(viewer, i18n, {
        faults: form.faults,
        values: { ...form.values, password: '' },
      });
    if (!(await this.credentials.checkOwn(viewer.memberId, form.value.password))) {
      return this.page(viewer, i18n, {
        faults: [{ field: 'password', key: 'accounts.error.wrong-password' }],
        values: { words: form.value.words },
      });
    }
    await this.closure.ask(viewer, form.value.words);
    return seeOther('/settings/data/receipt');
  }

  @Get('receipt')
  async receipt(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
  ): Promise<Page | SeeOther> {
    const request = await this.closure.requestOf(viewer.memberId);
    if (request === null) return seeOther('/settings/data');
    return page('own-data/receipt', receiptView(i18n, request), {
      titleKey: 'accounts.data.receipt',
    });
  }

  @Post('keep')
  async keep(@CurrentMember() viewer: Viewer): Promise<SeeOther> {
    await this.closure.undo(viewer);
    return seeOther('/settings/data', 'accounts.data.kept-notice');
  }

  private async page(viewer: Viewer, i18n: Translator, faulty?: InvalidForm): Promise<Page> {
    const view = ownDataView(
      i18n,
      await this.closure.requestOf(viewer.memberId),
      formView(i18n, faulty),
    );
    return formPage('own-data/data', view, faulty, {
      titleKey: 'accounts.data.title',
    });
  }
}

// A neutral file name, in case somebody else sees the downloads.
function asFile(res: Response, ending: string, type: string): void {
  res.setHeader('Content-Type', type);
  res.setHeader('Content-Disposition', `attachment; filename="my-data.${ending}"`);
  res.setHeader('Cache-Control', 'private, no-store');
  res.setHeader('X-Robots-Tag', 'noindex');
}
