import { Controller, Get, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { formView } from '../http/errors-in-form.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { InWords, Member, textQuery } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Messages } from '../kernel/messages.js';
import { Sql } from '../kernel/sql.js';
import type { Words } from '../kernel/words.js';
import { adminMembers } from './administration.queries.js';
import { asAdmin } from './communities-admin.controller.js';
import { SITE_ROLES, SiteRoleForm } from './site.dto.js';
import { SiteAdministration } from './site.service.js';

const SHOWN = 50;

/** Who is here, without a word of what they wrote, and roles on the whole site. */
@Controller('admin/members')
export class MembersAdminController {
  constructor(
    private readonly sql: Sql,
    private readonly messages: Messages,
    private readonly site: SiteAdministration,
  ) {}

  @Get()
  list(@Member() viewer: Viewer, @InWords() words: Words, @Req() req: Request): Promise<Page> {
    asAdmin(viewer);
    return this.page(
      words,
      (textQuery(req, 'q') ?? '').replaceAll('\u0000', '').trim().slice(0, 24),
    );
  }

  @Post('role')
  async giveRole(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Form(SiteRoleForm) form: Submitted<SiteRoleForm>,
  ): Promise<Page | SeeOther> {
    asAdmin(viewer);
    if (!form.valid) return this.page(words, '', form);
    const given = await refusedField(() => this.site.giveRole(viewer, form.value), form.values);
    return 'form' in given
      ? this.page(words, '', given.form)
      : seeOther('/admin/members', 'administration.notice.saved');
  }

  private async page(words: Words, q: string, faulty?: FaultyForm): Promise<Page> {
    const rows = await this.sql.rows(adminMembers, [`${q.replace(/[\\%_]/g, '\\$&')}%`, SHOWN]);
    const form = formView(this.messages, words.locale, faulty);
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
        role: words.t(`administration.members.role.${row.role}`),
        joined: words.date(row.joinedAt),
        groups: row.groups,
        state: words.list(
          states(row).map((state) => words.t(`administration.members.state.${state}`)),
        ),
      })),
      roles: SITE_ROLES.map((value) => ({
        value,
        label: words.t(`administration.members.role.${value}`),
        selected: form.values.role === value,
      })),
    };
    return page('administration/members', view, {
      titleKey: 'administration.members.title',
      status: faulty === undefined ? 200 : 422,
    });
  }
}
