import { Controller, Get, Param, Post } from '@nestjs/common';
import { CommunityAccess } from '../communities/community-access.service.js';
import type { AccessibleCommunity } from '../communities/community-access.js';
import { CommunityEditing } from '../communities/community-editing.service.js';
import { Admin } from '../http/guards.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { CommunityForm, NewCommunityForm } from './communities.dto.js';
import { CommunityAdministration } from './community-administration.service.js';
import {
  adminCommunitiesView,
  editCommunityView,
  newCommunityView,
} from './communities-admin.view.js';
import { AdministrationOverview } from './overview.service.js';
import { overviewView } from './overview.view.js';
import { NEW_COMMUNITY, valuesOfCommunity } from './community-form.view.js';

/** Communities for administrators: the list, creating one, and its settings. */
@Admin()
@Controller('admin')
export class CommunitiesAdminController {
  constructor(
    private readonly communityAccess: CommunityAccess,
    private readonly communities: CommunityAdministration,
    private readonly editing: CommunityEditing,
    private readonly overview: AdministrationOverview,
  ) {}

  @Get()
  async start(@I18n() i18n: Translator): Promise<Page> {
    const view = overviewView(await this.overview.now(), i18n);
    return page('administration/start', view, { titleKey: 'administration.title' });
  }

  @Get('communities')
  async list(@I18n() i18n: Translator): Promise<Page> {
    const view = adminCommunitiesView(await this.communities.all(), i18n);
    return page('administration/communities', view, {
      titleKey: 'administration.communities.title',
    });
  }

  @Get('communities/new')
  blank(@I18n() i18n: Translator): Page {
    return this.newPage(i18n);
  }

  @Post('communities/new')
  async create(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(NewCommunityForm) form: Submitted<NewCommunityForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.newPage(i18n, form);
    const created = await catchFieldError(
      () => this.communities.create(viewer, form.value),
      form.values,
    );
    return 'form' in created
      ? this.newPage(i18n, created.form)
      : seeOther(`/c/${form.value.slug}/edit`, 'administration.notice.founded');
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
    const described = await catchFieldError(
      () => this.editing.describe(viewer, community, form.value),
      form.values,
    );
    if ('form' in described) return this.editPage(i18n, community, described.form);
    return seeOther(`/admin/communities/${slug}`, 'administration.notice.saved');
  }

  private newPage(i18n: Translator, faulty?: InvalidForm): Page {
    const form = formView(i18n, faulty, NEW_COMMUNITY);
    return formPage('administration/community', newCommunityView(form, i18n), faulty, {
      titleKey: 'administration.communities.new',
    });
  }

  private async editPage(
    i18n: Translator,
    community: AccessibleCommunity,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const stored = valuesOfCommunity(await this.communities.editable(community));
    const form = formView(i18n, faulty, stored);
    return formPage('administration/community', editCommunityView(community, form, i18n), faulty, {
      titleKey: 'administration.community.title',
    });
  }
}
