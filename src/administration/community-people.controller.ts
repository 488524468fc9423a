import { Controller, Get, Param, Post } from '@nestjs/common';
import { CommunityAccess } from '../communities/community-access.service.js';
import type { AccessibleCommunity } from '../communities/community-access.js';
import { CommunityState } from '../communities/community-state.service.js';
import { formView } from '../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { Admin, Reauthenticated } from '../http/guards.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { CommunityAdministration } from './community-administration.service.js';
import { HandOverForm, RoleForm } from './communities.dto.js';
import { peopleView } from './community-state.view.js';

/** The roles of members in a community. */
@Admin()
@Controller('admin/communities/:slug')
export class CommunityPeopleController {
  constructor(
    private readonly communityAccess: CommunityAccess,
    private readonly communities: CommunityAdministration,
    private readonly state: CommunityState,
  ) {}

  @Get('people')
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    return this.peoplePage(i18n, await this.communityAccess.load(viewer, slug));
  }

  @Reauthenticated()
  @Post('roles')
  async giveRole(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(RoleForm) form: Submitted<RoleForm>,
  ): Promise<Page | SeeOther> {
    const community = await this.communityAccess.load(viewer, slug);
    if (!form.valid) return this.peoplePage(i18n, community, { role: form });
    const { handle, role, reason } = form.value;
    const given = await catchFieldError(
      () => this.state.setRole(viewer, community, handle, role, reason),
      form.values,
    );
    return 'form' in given
      ? this.peoplePage(i18n, community, { role: given.form })
      : seeOther(`/admin/communities/${slug}/people`, 'administration.notice.saved');
  }

  @Reauthenticated()
  @Post('hand-over')
  async handOver(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(HandOverForm) form: Submitted<HandOverForm>,
  ): Promise<Page | SeeOther> {
    const community = await this.communityAccess.load(viewer, slug);
    if (!form.valid) return this.peoplePage(i18n, community, { handOver: form });
    const { from, to, reason } = form.value;
    const result = await catchFieldError(
      () => this.state.handOver(viewer, community, from, to, reason),
      form.values,
    );
    return 'form' in result
      ? this.peoplePage(i18n, community, { handOver: result.form })
      : seeOther(`/admin/communities/${slug}/people`, 'administration.notice.handed-over');
  }

  private async peoplePage(
    i18n: Translator,
    community: AccessibleCommunity,
    faulty: { role?: InvalidForm; handOver?: InvalidForm } = {},
  ): Promise<Page> {
    const people = await this.communities.roles(community);
    const forms = {
      role: formView(i18n, faulty.role),
      handOver: formView(i18n, faulty.handOver),
    };
    return page('administration/people', peopleView(community, people, forms, i18n), {
      titleKey: 'administration.people.title',
      status: faulty.role === undefined && faulty.handOver === undefined ? 200 : 422,
    });
  }
}
