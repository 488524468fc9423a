import { Controller, Get, Post } from '@nestjs/common';
import { Admin } from '../http/guards.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { CurrentMember, I18n } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { Config } from '../kernel/config.js';
import type { DomainFinding } from '../mail/domain-check.js';
import { FirstRun } from './first-run.service.js';
import { firstRunView } from './first-run.view.js';

/** Guides the first administrator through the setup of a new site. */
@Admin()
@Controller('admin/setup')
export class FirstRunController {
  constructor(
    private readonly firstRun: FirstRun,
    private readonly config: Config,
  ) {}

  @Get()
  show(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.setupPage(viewer, i18n, null);
  }

  @Post('mail')
  async sendTest(@CurrentMember() viewer: Viewer): Promise<SeeOther> {
    await this.firstRun.sendTest(viewer);
    return seeOther('/admin/setup', 'administration.setup.mail.asked');
  }

  // Stores nothing: responds with the page and the result of the DNS lookup.
  @Post('domain')
  async checkDomain(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.setupPage(viewer, i18n, await this.firstRun.checkDomain(viewer));
  }

  private async setupPage(
    viewer: Viewer,
    i18n: Translator,
    findings: DomainFinding[] | null,
  ): Promise<Page> {
    const facts = await this.firstRun.facts(viewer);
    return page('administration/setup', firstRunView(facts, this.config, findings, i18n), {
      titleKey: 'administration.setup.title',
    });
  }
}
