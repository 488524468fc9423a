import { Controller, Get, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Admin, Reauthenticated } from '../http/guards.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember, textQuery } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { membersAdminView } from './members-admin.view.js';
import { SiteRoleForm } from './site.dto.js';
import { SiteAdministration } from './site.service.js';

/** Members and their site-wide roles, without anything they wrote. */
@Admin()
@Controller('admin/members')
export class MembersAdminController {
  constructor(private readonly site: SiteAdministration) {}

  @Get()
  list(@I18n() i18n: Translator, @Req() req: Request): Promise<Page> {
    const prefix = (textQuery(req, 'q') ?? '').replaceAll('\u0000', '').trim().slice(0, 24);
    return this.page(i18n, prefix, textQuery(req, 'before'));
  }

  @Reauthenticated()
  @Post('role')
  async giveRole(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(SiteRoleForm) form: Submitted<SiteRoleForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.page(i18n, '', undefined, form);
    const given = await catchFieldError(() => this.site.giveRole(viewer, form.value), form.values);
    return 'form' in given
      ? this.page(i18n, '', undefined, given.form)
      : seeOther('/admin/members', 'administration.notice.saved');
  }

  private async page(
    i18n: Translator,
    prefix: string,
    before?: string,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const members = await this.site.members(prefix, before);
    const view = membersAdminView(members, prefix, formView(i18n, faulty), i18n);
    return formPage('administration/members', view, faulty, {
      titleKey: 'administration.members.title',
    });
  }
}
