import { Controller, Get, Param, Post } from '@nestjs/common';
import { CommunityAccess } from '../communities/community-access.service.js';
import type { AccessibleCommunity } from '../communities/community-access.js';
import { CommunityState } from '../communities/community-state.service.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../http/form.js';
import { Admin } from '../http/guards.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import type { Translator } from '../i18n/translator.js';
import { ReasonForm } from './communities.dto.js';
import { archiveView } from './community-state.view.js';

type Change = 'archive' | 'reopen';

/** Routes to archive a community and to reopen it. */
@Admin()
@Controller('admin/communities/:slug')
export class CommunityArchiveController {
  constructor(
    private readonly communities: CommunityAccess,
    private readonly state: CommunityState,
  ) {}

  @Get('archive')
  async confirmArchive(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    return this.confirmPage(i18n, await this.communities.load(viewer, slug), 'archive');
  }

  @Get('reopen')
  async confirmReopening(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    return this.confirmPage(i18n, await this.communities.load(viewer, slug), 'reopen');
  }

  @Post('archive')
  archive(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(ReasonForm) form: Submitted<ReasonForm>,
  ): Promise<Page | SeeOther> {
    return this.change(viewer, i18n, slug, 'archive', form);
  }

  @Post('reopen')
  reopen(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(ReasonForm) form: Submitted<ReasonForm>,
  ): Promise<Page | SeeOther> {
    return this.change(viewer, i18n, slug, 'reopen', form);
  }

  private async change(
    viewer: Viewer,
    i18n: Translator,
    slug: string,
    change: Change,
    form: Submitted<ReasonForm>,
  ): Promise<Page | SeeOther> {
    const community = await this.communities.load(viewer, slug);
    if (!form.valid) return this.confirmPage(i18n, community, change, form);
    await this.state.setArchived(viewer, community, change === 'archive', form.value.reason);
    return seeOther(`/admin/communities/${slug}`, 'administration.notice.saved');
  }

  private confirmPage(
    i18n: Translator,
    community: AccessibleCommunity,
    change: Change,
    faulty?: InvalidForm,
  ): Page {
    if (change !== (community.archived ? 'reopen' : 'archive')) throw new NotFound();
    const view = archiveView(community, formView(i18n, faulty));
    return formPage('administration/archive', view, faulty, {
      titleKey: `administration.archive.${change}`,
    });
  }
}
