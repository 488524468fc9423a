import { Controller, Get, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Admin } from '../http/guards.js';
import { formView } from '../http/form-page.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember, textQuery } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { adminMembers } from './administration.queries.js';
import { SITE_ROLES, SiteRoleForm } from './site.dto.js';
import { SiteAdministration } from './site.service.js';

const SHOWN = 50;

/** Who is here, without a word of what they wrote, and roles on the whole site. */
@Admin()
@Controller('admin/members')
export class MembersAdminController {
  constructor(
    private readonly sql: Sql,
    private readonly site: SiteAdministration,
  ) {}

  @Get()
  list(@I18n() i18n: Translator, @Req() req: Request): Promise<Page> {
    return this.page(
      i18n,
      (textQuery(req, 'q') ?? '').replaceAll('\u0000', '').trim().slice(0, 24),
    );
  }

  @Post('role')
  async giveRole(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(SiteRoleForm) form: Submitted<SiteRoleForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.page(i18n, '', form);
    const given = await refusedField(() => this.site.giveRole(viewer, form.value), form.values);
    return 'form' in given
      ? this.page(i18n, '', given.form)
      : seeOther('/admin/members', 'administration.notice.saved');
  }

  private async page(i18n: Translator, q: string, faulty?: FaultyForm): Promise<Page> {
    const rows = await this.sql.rows(adminMembers, {
      pattern: `${q.replace(/[\\%_]/g, '\\$&')}%`,
      limit: SHOWN,
    });
    const form = formView(i18n, faulty);
    const states = (row: (typeof rows)[number]): string[] => [
      ...(row.verified ? [] : ['unverified']),
      ...(row.limited ? ['limited'] : []),
      ...(row.closing ? ['closing'] : []),
    ];
    const view = {
      q,
      form,
      members: rows.map((row) => ({
        handle: row.handle,
        role: i18n.t(`administration.members.role.${row.role}`),
        joined: i18n.date(row.joinedAt),
        groups: row.groups,
        state: i18n.list(
          states(row).map((state) => i18n.t(`administration.members.state.${state}`)),
        ),
      })),
      roles: SITE_ROLES.map((value) => ({
        value,
        label: i18n.t(`administration.members.role.${value}`),
        selected: form.values.role === value,
      })),
    };
    return page('administration/members', view, {
      titleKey: 'administration.members.title',
      status: faulty === undefined ? 200 : 422,
    });
  }
}
