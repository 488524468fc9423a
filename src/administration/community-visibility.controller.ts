import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { CommunityAccess } from '../communities/community-access.service.js';
import type { AccessibleCommunity } from '../communities/community-access.js';
import { CommunityState } from '../communities/community-state.service.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../http/form.js';
import { Admin } from '../http/guards.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember, textQuery } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { CommunityAdministration } from './community-administration.service.js';
import { VisibilityForm } from './communities.dto.js';
import { otherVisibility, visibilityView } from './community-state.view.js';

/** The visibility of a community. The page previews the effects of a change before it is made. */
@Admin()
@Controller('admin/communities/:slug/visibility')
export class CommunityVisibilityController {
  constructor(
    private readonly communityAccess: CommunityAccess,
    private readonly communities: CommunityAdministration,
    private readonly state: CommunityState,
  ) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Req() req: Request,
  ): Promise<Page> {
    const community = await this.communityAccess.load(viewer, slug);
    return this.visibilityPage(i18n, community, textQuery(req, 'to') ?? '');
  }

  @Post()
  async change(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(VisibilityForm) form: Submitted<VisibilityForm>,
  ): Promise<Page | SeeOther> {
    const community = await this.communityAccess.load(viewer, slug);
    if (!form.valid)
      return this.visibilityPage(i18n, community, [form.values.to ?? ''].flat()[0] ?? '', form);
    await this.state.setVisibility(viewer, community, form.value.to, form.value.reason);
    return seeOther(`/admin/communities/${slug}`, 'administration.notice.saved');
  }

  private async visibilityPage(
    i18n: Translator,
    community: AccessibleCommunity,
    wanted: string,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const to = otherVisibility(community, wanted);
    const reach = to === null ? null : await this.communities.reach(community);
    const view = visibilityView(community, to, reach, formView(i18n, faulty), i18n);
    return formPage('administration/visibility', view, faulty, {
      titleKey: 'administration.visibility.title',
    });
  }
}
