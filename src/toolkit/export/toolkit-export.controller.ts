import { Controller, Get, Post, Req, Res, UseInterceptors } from '@nestjs/common';
import type { Request, Response } from 'express';
import { formPage, formView } from '../../http/form-page.js';
import { Reauthenticated } from '../../http/guards.js';
import { Form, type InvalidForm, type Submitted } from '../../http/form.js';
import { seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Config } from '../../kernel/config.js';
import { Templates } from '../../rendering/templates.js';
import type { Translator } from '../../i18n/translator.js';
import { countryOf } from '../../http/reader-country.js';
import { PrivateArea } from '../core/private-area.js';
import { PrivateLock } from '../core/private-lock.service.js';
import { ToolkitExport } from './toolkit-export.service.js';
import { exportedToolkitView } from './toolkit-export.view.js';
import { EraseForm } from '../core/toolkit.dto.js';

/** Routes to export the toolkit, or to erase it while keeping the account. */
@Controller('toolkit')
@UseInterceptors(PrivateArea)
export class ToolkitExportController {
  constructor(
    private readonly toolkitExport: ToolkitExport,
    private readonly lock: PrivateLock,
    private readonly limits: RateLimits,
    private readonly templates: Templates,
    private readonly config: Config,
  ) {}

  @Get('take-out')
  show(@CurrentMember() _viewer: Viewer, @I18n() i18n: Translator): Page {
    return this.page(i18n);
  }

  @Reauthenticated()
  @Get('take-out.json')
  async json(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Res({ passthrough: true }) res: Response,
  ): Promise<string> {
    await this.limits.count('take-out', viewer.memberId, 30, 3_600);
    asFile(res, 'json', 'application/json; charset=utf-8');
    return `${JSON.stringify(await this.toolkitExport.all(viewer, i18n), null, 2)}\n`;
  }

  /** One self-contained file that any browser displays offline. */
  @Reauthenticated()
  @Get('take-out.html')
  async html(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<string> {
    await this.limits.count('take-out', viewer.memberId, 30, 3_600);
    const all = await this.toolkitExport.all(viewer, i18n);
    const country = countryOf(req, this.config);
    const view = exportedToolkitView(all, country, i18n);
    const facts = { locale: i18n.locale, title: i18n.t('toolkit.title') };
    asFile(res, 'html', 'text/html; charset=utf-8');
    return this.templates.file('toolkit/take-out-file', view, facts);
  }

  @Post('erase')
  async erase(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(EraseForm) form: Submitted<EraseForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.page(i18n, { values: {}, faults: form.faults });
    if (!(await this.lock.knows(viewer, form.value.password)))
      return this.page(i18n, {
        values: {},
        faults: [{ field: 'password', key: 'toolkit.error.password' }],
      });
    await this.toolkitExport.erase(viewer);
    return seeOther('/toolkit', 'toolkit.notice.erased');
  }

  private page(i18n: Translator, faulty?: InvalidForm): Page {
    return formPage('toolkit/take-out', { form: formView(i18n, faulty) }, faulty, {
      titleKey: 'toolkit.take-out.title',
    });
  }
}

// A neutral file name reveals nothing to others who use the device.
function asFile(res: Response, ending: string, type: string): void {
  res.setHeader('Content-Type', type);
  res.setHeader('Content-Disposition', `attachment; filename="my-notes.${ending}"`);
  res.setHeader('Cache-Control', 'private, no-store');
  res.setHeader('X-Robots-Tag', 'noindex');
}
