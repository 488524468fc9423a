import { Controller, Get, Param, Post } from '@nestjs/common';
import { formPage, formView } from '../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { SiteSettings } from '../http/site-settings.js';
import { RateLimits } from '../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { GroupRequestForm } from './group-requests.dto.js';
import { GroupRequests } from './group-requests.service.js';
import { askView, ownRequestView } from './group-requests.view.js';

/** A member's requests for groups that do not exist yet, with the answers of the staff. */
@Controller('find')
export class GroupRequestsController {
  constructor(
    private readonly requests: GroupRequests,
    private readonly limits: RateLimits,
    private readonly settings: SiteSettings,
  ) {}

  @Get('ask')
  form(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.askPage(viewer, i18n);
  }

  @Post('ask')
  async ask(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(GroupRequestForm) form: Submitted<GroupRequestForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.askPage(viewer, i18n, form);
    await this.limits.count('group-request', viewer.memberId, 10, 3_600);
    const result = await catchFieldError(() => this.requests.ask(viewer, form.value), form.values);
    if ('form' in result) return this.askPage(viewer, i18n, result.form);
    return seeOther(`/find/requests/${result.done}`, 'finding.notice.asked');
  }

  @Get('requests/:id')
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const view = ownRequestView(await this.requests.loadOwn(viewer, id), i18n);
    return page('finding/request', view, { titleKey: 'finding.request.title' });
  }

  private async askPage(viewer: Viewer, i18n: Translator, faulty?: InvalidForm): Promise<Page> {
    const own = await this.requests.own(viewer);
    const open = this.settings.current.groupRequestsOpen;
    const view = askView(own, open, formView(i18n, faulty), i18n);
    return formPage('finding/ask', view, faulty, { titleKey: 'finding.request.ask' });
  }
}
