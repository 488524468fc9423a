import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import {
  COMMUNITY_ROLES,
  VISIBILITIES,
  type AccessibleCommunity,
} from '../communities/community-access.js';
import { CommunityAccess } from '../communities/community-access.service.js';
import { CommunityState } from '../communities/community-state.service.js';
import { Admin } from '../http/guards.js';
import { formView } from '../http/errors-in-form.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember, textQuery } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { Messages } from '../i18n/messages.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { reach, rolesIn } from './administration.queries.js';
import { HandOverForm, Reasoned, RoleForm, VisibilityForm } from './communities.dto.js';

/**
 * How open a community is, who has a role in it, and whether it goes on. What a change means is
 * said before it is made.
 */
@Admin()
@Controller('admin/communities/:slug')
export class CommunityStateController {
  constructor(
    private readonly sql: Sql,
    private readonly messages: Messages,
    private readonly door: CommunityAccess,
    private readonly standing: CommunityState,
  ) {}

  @Get('visibility')
  async openness(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Req() req: Request,
  ): Promise<Page> {
    return this.opennessPage(i18n, await this.community(viewer, slug), textQuery(req, 'to') ?? '');
  }

  @Post('visibility')
  async setOpenness(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(VisibilityForm) form: Submitted<VisibilityForm>,
  ): Promise<Page | SeeOther> {
    const community = await this.community(viewer, slug);
    if (!form.valid)
      return this.opennessPage(i18n, community, [form.values.to ?? ''].flat()[0] ?? '', form);
    await this.standing.setVisibility(viewer, community, form.value.to, form.value.reason);
    return seeOther(`/admin/communities/${slug}`, 'administration.notice.saved');
  }

  @Get('people')
  async people(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    return this.peoplePage(i18n, await this.community(viewer, slug));
  }

  @Post('roles')
  async giveRole(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(RoleForm) form: Submitted<RoleForm>,
  ): Promise<Page | SeeOther> {
    const community = await this.community(viewer, slug);
    if (!form.valid) return this.peoplePage(i18n, community, form);
    const given = await refusedField(
      () =>
        this.standing.setRole(
          viewer,
          community,
          form.value.handle,
          form.value.role,
          form.value.reason,
        ),
      form.values,
    );
    return 'form' in given
      ? this.peoplePage(i18n, community, given.form)
      : seeOther(`/admin/communities/${slug}/people`, 'administration.notice.saved');
  }

  @Post('hand-over')
  async handOver(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(HandOverForm) form: Submitted<HandOverForm>,
  ): Promise<Page | SeeOther> {
    const community = await this.community(viewer, slug);
    if (!form.valid) return this.peoplePage(i18n, community, undefined, form);
    const done = await refusedField(
      () =>
        this.standing.handOver(
          viewer,
          community,
          form.value.from,
          form.value.to,
          form.value.reason,
        ),
      form.values,
    );
    return 'form' in done
      ? this.peoplePage(i18n, community, undefined, done.form)
      : seeOther(`/admin/communities/${slug}/people`, 'administration.notice.handed-over');
  }

  @Get('archive')
  async askArchive(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    return this.archivePage(i18n, await this.community(viewer, slug), 'archive');
  }

  @Get('reopen')
  async askReopen(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    return this.archivePage(i18n, await this.community(viewer, slug), 'reopen');
  }

  @Post('archive')
  archive(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(Reasoned) form: Submitted<Reasoned>,
  ): Promise<Page | SeeOther> {
    return this.change(viewer, i18n, slug, 'archive', form);
  }

  @Post('reopen')
  reopen(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(Reasoned) form: Submitted<Reasoned>,
  ): Promise<Page | SeeOther> {
    return this.change(viewer, i18n, slug, 'reopen', form);
  }

  private async change(
    viewer: Viewer,
    i18n: Translator,
    slug: string,
    change: 'archive' | 'reopen',
    form: Submitted<Reasoned>,
  ): Promise<Page | SeeOther> {
    const community = await this.community(viewer, slug);
    if (!form.valid) return this.archivePage(i18n, community, change, form);
    await this.standing.setArchived(viewer, community, change === 'archive', form.value.reason);
    return seeOther(`/admin/communities/${slug}`, 'administration.notice.saved');
  }

  private async community(viewer: Viewer, slug: string): Promise<AccessibleCommunity> {
    return this.door.load(viewer, slug);
  }

  private async opennessPage(
    i18n: Translator,
    community: AccessibleCommunity,
    wanted: string,
    faulty?: FaultyForm,
  ): Promise<Page> {
    const to =
      VISIBILITIES.find((known) => known === wanted && known !== community.visibility) ?? null;
    const touched = to === null ? null : await this.sql.first(reach, { communityId: community.id });
    const effects =
      to === null || touched === null
        ? []
        : effectsOf(community.visibility, to).map((effect) =>
            i18n.t(`administration.effect.${effect}`, { ...touched }),
          );
    const view = {
      slug: community.slug,
      name: community.name,
      now: i18n.t(`communities.visibility.${community.visibility}.long`),
      others: VISIBILITIES.filter((known) => known !== community.visibility).map((known) => ({
        href: `/admin/communities/${community.slug}/visibility?to=${known}`,
        label: i18n.t(`communities.visibility.${known}.long`),
        current: known === to,
      })),
      to,
      effects,
      form: formView(this.messages, i18n.locale, faulty),
    };
    return page('administration/visibility', view, {
      titleKey: 'administration.visibility.title',
      status: faulty === undefined ? 200 : 422,
    });
  }

  private async peoplePage(
    i18n: Translator,
    community: AccessibleCommunity,
    faultyRole?: FaultyForm,
    faultyHandOver?: FaultyForm,
  ): Promise<Page> {
    const rows = await this.sql.rows(rolesIn, { communityId: community.id });
    const role = formView(this.messages, i18n.locale, faultyRole);
    const view = {
      slug: community.slug,
      name: community.name,
      people: rows.map((row) => ({
        handle: row.handle,
        role: i18n.t(`administration.role.${row.role}`),
      })),
      role,
      roles: COMMUNITY_ROLES.map((value) => ({
        value,
        label: i18n.t(`administration.role.${value}`),
        selected: role.values.role === value,
      })),
      handOver: formView(this.messages, i18n.locale, faultyHandOver),
    };
    return page('administration/people', view, {
      titleKey: 'administration.people.title',
      status: faultyRole === undefined && faultyHandOver === undefined ? 200 : 422,
    });
  }

  private archivePage(
    i18n: Translator,
    community: AccessibleCommunity,
    change: string,
    faulty?: FaultyForm,
  ): Page {
    if (change !== (community.archived ? 'reopen' : 'archive')) throw new NotFound();
    const view = {
      slug: community.slug,
      name: community.name,
      archived: community.archived,
      form: formView(this.messages, i18n.locale, faulty),
    };
    return page('administration/archive', view, {
      titleKey: `administration.archive.${change}`,
      status: faulty === undefined ? 200 : 422,
    });
  }
}

function effectsOf(from: string, to: string): string[] {
  return [
    ...(to === 'public' ? ['opened', 'old-posts'] : []),
    ...(from === 'public' && to !== 'public' ? ['closed', 'copies'] : []),
    ...(to === 'members' ? ['join-freely'] : []),
    ...(to === 'approval' ? ['join-by-asking', 'visits-end'] : []),
    ...(to === 'unlisted' ? ['off-lists', 'visits-end'] : []),
    ...(from === 'approval' && to !== 'approval' ? ['asked-stay'] : []),
  ];
}
