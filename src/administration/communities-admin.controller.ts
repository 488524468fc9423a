import { Controller, Get, Param, Post } from '@nestjs/common';
import { CommunityAccess } from '../communities/community-access.service.js';
import type { AccessibleCommunity } from '../communities/community-access.js';
import { CommunityEditing } from '../communities/community-editing.service.js';
import { Admin } from '../http/guards.js';
import { formView } from '../http/form-page.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { FieldError, NotFound } from '../kernel/errors.js';
import { Clock } from '../kernel/clock.js';
import { isDueSoon } from '../helplines/helpline-check.js';
import { HelplineStore } from '../helplines/helpline-store.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { adminCommunities, editable, waitingRequests } from './administration.queries.js';
import { CommunityForm, NewCommunityForm } from './communities.dto.js';
import { communityForm, NEW_COMMUNITY, valuesOfCommunity } from './community-form.view.js';

/**
 * Communities as administrators see them: all of them, founding one, and changing what is said of
 * one.
 */
@Admin()
@Controller('admin')
export class CommunitiesAdminController {
  constructor(
    private readonly sql: Sql,
    private readonly communityAccess: CommunityAccess,
    private readonly editing: CommunityEditing,
    private readonly helplines: HelplineStore,
    private readonly clock: Clock,
  ) {}

  @Get()
  async start(@I18n() i18n: Translator): Promise<Page> {
    const waiting = await this.sql.first(waitingRequests);
    const now = this.clock.now();
    const due = (await this.helplines.all()).filter((row) => isDueSoon(row, now)).length;
    return page(
      'administration/start',
      {
        requests: i18n.t('administration.start.requests', { count: waiting?.count ?? 0 }),
        helplinesDue:
          due === 0 ? null : i18n.t('administration.helplines.dueShort', { count: due }),
      },
      { titleKey: 'administration.title' },
    );
  }

  @Get('communities')
  async list(@I18n() i18n: Translator): Promise<Page> {
    const rows = await this.sql.rows(adminCommunities);
    const communities = rows.map((row) => ({
      slug: row.slug,
      name: row.name,
      open: row.archived
        ? i18n.t('administration.communities.archived')
        : i18n.t(`communities.visibility.${row.visibility}.short`),
      members: row.members,
      threads: row.threads,
      moderators:
        row.moderators === null
          ? i18n.t('administration.communities.nobody')
          : i18n.list(row.moderators),
    }));
    return page(
      'administration/communities',
      { communities },
      { titleKey: 'administration.communities.title' },
    );
  }

  @Get('communities/new')
  blank(@I18n() i18n: Translator): Page {
    return this.newPage(i18n);
  }

  @Post('communities/new')
  async found(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(NewCommunityForm) form: Submitted<NewCommunityForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.newPage(i18n, form);
    const { slug, rules, ...said } = form.value;
    const founded = await refusedField(async () => {
      if (rules.length === 0) throw new FieldError('rules', 'administration.error.rules');
      await this.editing.found(viewer, slug, said, rules);
    }, form.values);
    return 'form' in founded
      ? this.newPage(i18n, founded.form)
      : seeOther(`/c/${slug}/edit`, 'administration.notice.founded');
  }

  @Get('communities/:slug')
  async edit(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    return this.editPage(i18n, await this.communityAccess.load(viewer, slug));
  }

  @Post('communities/:slug')
  async save(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(CommunityForm) form: Submitted<CommunityForm>,
  ): Promise<Page | SeeOther> {
    const community = await this.communityAccess.load(viewer, slug);
    if (!form.valid) return this.editPage(i18n, community, form);
    const described = await refusedField(
      () => this.editing.describe(viewer, community, form.value),
      form.values,
    );
    if ('form' in described) return this.editPage(i18n, community, described.form);
    return seeOther(`/admin/communities/${slug}`, 'administration.notice.saved');
  }

  private newPage(i18n: Translator, faulty?: FaultyForm): Page {
    const view = {
      fresh: true,
      action: '/admin/communities/new',
      ...communityForm(formView(i18n, faulty, faulty === undefined ? NEW_COMMUNITY : {}), i18n),
    };
    return page('administration/community', view, {
      titleKey: 'administration.communities.new',
      status: faulty === undefined ? 200 : 422,
    });
  }

  private async editPage(
    i18n: Translator,
    community: AccessibleCommunity,
    faulty?: FaultyForm,
  ): Promise<Page> {
    const row = await this.sql.first(editable, { communityId: community.id });
    if (row === null) throw new NotFound();
    const form = formView(i18n, faulty, faulty === undefined ? valuesOfCommunity(row) : {});
    const view = {
      fresh: false,
      slug: community.slug,
      name: community.name,
      archived: community.archived,
      action: `/admin/communities/${community.slug}`,
      ...communityForm(form, i18n),
    };
    return page('administration/community', view, {
      titleKey: 'administration.community.title',
      status: faulty === undefined ? 200 : 422,
    });
  }
}
