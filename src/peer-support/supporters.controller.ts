import { Controller, Get, Param, Post } from '@nestjs/common';
import {
  canModerate,
  requireModerator,
  type AccessibleCommunity,
} from '../communities/community-access.js';
import { CommunityAccess } from '../communities/community-access.service.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { AppError, Forbidden, NotFound } from '../kernel/errors.js';
import type { Translator } from '../i18n/translator.js';
import { Application, DutyForm, SupporterAnswer } from './supporters.dto.js';
import { Supporters } from './supporters.service.js';
import { supportersView, supportingView, valuesOfSettings } from './supporters.view.js';

/** Offers of peer support, supporters' settings, and the moderators' answers. */
@Controller('c/:slug')
export class SupportersController {
  constructor(
    private readonly communityAccess: CommunityAccess,
    private readonly supporters: Supporters,
  ) {}

  @Get('supporting')
  async own(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    return this.ownPage(viewer, i18n, await this.loadJoined(viewer, slug));
  }

  @Post('supporting')
  async apply(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(Application) form: Submitted<Application>,
  ): Promise<Page | SeeOther> {
    const community = await this.loadJoined(viewer, slug);
    if (!form.valid) return this.ownPage(viewer, i18n, community, form);
    await this.supporters.apply(viewer, community, form.value);
    return seeOther(`/c/${slug}/supporting`, 'belonging.notice.asked');
  }

  @Post('supporting/duty')
  async duty(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(DutyForm) form: Submitted<DutyForm>,
  ): Promise<Page | SeeOther> {
    const community = await this.loadJoined(viewer, slug);
    if (!form.valid) return this.ownPage(viewer, i18n, community, form);
    const set = await catchFieldError(
      () => this.supporters.setDuty(viewer, community, form.value),
      form.values,
    );
    return 'form' in set
      ? this.ownPage(viewer, i18n, community, set.form)
      : seeOther(`/c/${slug}/supporting`, 'belonging.notice.duty');
  }

  @Post('supporting/stop')
  async stop(@CurrentMember() viewer: Viewer, @Param('slug') slug: string): Promise<SeeOther> {
    await this.supporters.stop(viewer, await this.loadJoined(viewer, slug));
    return seeOther(`/c/${slug}`, 'belonging.notice.stopped');
  }

  @Get('supporters')
  async all(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    const community = await this.communityAccess.load(viewer, slug);
    requireModerator(viewer, community);
    const rows = await this.supporters.of(community);
    return page('belonging/supporters', supportersView(community, rows, i18n), {
      titleKey: 'belonging.supporters.title',
    });
  }

  @Post('supporters/:handle/:answer')
  async answer(
    @CurrentMember() viewer: Viewer,
    @Param() params: { slug: string; handle: string; answer: string },
    @Form(SupporterAnswer) form: Submitted<SupporterAnswer>,
  ): Promise<SeeOther> {
    const community = await this.communityAccess.load(viewer, params.slug);
    if (
      !canModerate(viewer, community) ||
      (params.answer !== 'accept' && params.answer !== 'decline')
    )
      throw new NotFound();
    if (!form.valid) throw new AppError(422, 'communities.error.note-long');
    await this.supporters.answer(viewer, community, params.handle, params.answer, form.value.line);
    return seeOther(`/c/${params.slug}/supporters`, 'communities.notice.answered');
  }

  private async loadJoined(viewer: Viewer, slug: string): Promise<AccessibleCommunity> {
    const community = await this.communityAccess.load(viewer, slug);
    if (community.role !== null) return community;
    throw community.visibility === 'unlisted'
      ? new NotFound()
      : new Forbidden('belonging.error.no-member');
  }

  private async ownPage(
    viewer: Viewer,
    i18n: Translator,
    community: AccessibleCommunity,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const settings = await this.supporters.settings(viewer, community);
    const form = formView(i18n, faulty, valuesOfSettings(settings));
    return formPage(
      'belonging/supporting',
      supportingView(community, settings, form, i18n),
      faulty,
      {
        titleKey: 'belonging.supporting.title',
      },
    );
  }
}
