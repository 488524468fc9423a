import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import { MaxLength } from 'class-validator';
import type { Request } from 'express';
import { CommunityAccess } from '../communities/community-access.service.js';
import { Membership } from '../communities/membership.service.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { formPage, formView } from '../http/form-page.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { PublicPage } from '../http/public-page.js';
import { RateLimits } from '../http/rate-limit.js';
import { AllowReplicaLag } from '../http/replica-reads.js';
import { CurrentMember, CurrentViewer, I18n, textQuery } from '../http/request.js';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { CommunityPage } from './community-page.service.js';
import { communityPageView } from './community-page.view.js';
import { SORTS } from './thread-list.queries.js';

class JoinForm {
  @MaxLength(1_000, { message: 'communities.error.note-long' })
  note = '';
}

/** The page of a community, and joining it. */
@Controller('c/:slug')
export class CommunityPageController {
  constructor(
    private readonly access: CommunityAccess,
    private readonly communityPage: CommunityPage,
    private readonly membership: Membership,
    private readonly limits: RateLimits,
  ) {}

  @Get()
  @AllowReplicaLag()
  @PublicPage()
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Req() req: Request,
  ): Promise<Page> {
    return this.pageOf(viewer, slug, i18n, req);
  }

  @Post('join')
  async join(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(JoinForm) form: Submitted<JoinForm>,
    @Req() req: Request,
  ): Promise<Page | SeeOther> {
    await this.limits.count('join', viewer.memberId, 60, 3_600);
    const community = await this.access.load(viewer, slug);
    if (!form.valid) return this.pageOf(viewer, slug, i18n, req, form);
    const result = await catchFieldError(
      () => this.membership.join(viewer, community, form.value.note),
      form.values,
    );
    return 'form' in result
      ? this.pageOf(viewer, slug, i18n, req, result.form)
      : seeOther(`/c/${slug}`, `communities.notice.${result.done}`);
  }

  private async pageOf(
    viewer: MaybeViewer,
    slug: string,
    i18n: Translator,
    req: Request,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const facts = await this.communityPage.read(viewer, slug, {
      sort: SORTS.find((known) => known === textQuery(req, 'sort')) ?? 'active',
      topic: textQuery(req, 'tag') ?? null,
      after: textQuery(req, 'after'),
    });
    const { community } = facts;
    const view = { ...communityPageView(facts, i18n), form: formView(i18n, faulty) };
    return formPage('communities/community', view, faulty, {
      title: community.name,
      indexable: community.searchEnginesSince !== null,
      canonical: `/c/${community.slug}`,
      madeOf: [`community:${community.id}`, 'communities', 'people'],
      feed:
        community.visibility === 'public' && !community.archived
          ? `/c/${community.slug}/feed.atom`
          : undefined,
    });
  }
}
