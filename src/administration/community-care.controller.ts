import { Controller, Get, Param, Post } from '@nestjs/common';
import { requireModerator, type AccessibleCommunity } from '../communities/community-access.js';
import { CommunityAccess } from '../communities/community-access.service.js';
import { CommunityEditing } from '../communities/community-editing.service.js';
import { readHours } from '../communities/hours-form.js';
import { formPage } from '../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../http/form.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { CommunityAdministration } from './community-administration.service.js';
import { careView, DAYS, type CareForm } from './community-care.view.js';
import { GuidelinesForm, HoursForm, OrientationForm, WelcomeForm } from './communities.dto.js';

/**
 * Settings that a community's own moderators may change: welcome text, first-day thread, guidelines
 * and hours.
 */
@Controller('c/:slug/edit')
export class CommunityCareController {
  constructor(
    private readonly communityAccess: CommunityAccess,
    private readonly communities: CommunityAdministration,
    private readonly editing: CommunityEditing,
  ) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    return this.carePage(i18n, await this.loadModerated(viewer, slug));
  }

  @Post('welcome')
  async welcome(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(WelcomeForm) form: Submitted<WelcomeForm>,
  ): Promise<Page | SeeOther> {
    const community = await this.loadModerated(viewer, slug);
    if (!form.valid) return this.carePage(i18n, community, 'welcome', form);
    await this.editing.welcome(viewer, community, form.value.welcome);
    return seeOther(`/c/${slug}/edit`, 'administration.notice.saved');
  }

  @Post('guidelines')
  async guidelines(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(GuidelinesForm) form: Submitted<GuidelinesForm>,
  ): Promise<Page | SeeOther> {
    const community = await this.loadModerated(viewer, slug);
    if (!form.valid || form.value.rules.length === 0)
      return this.carePage(i18n, community, 'guidelines', {
        values: form.values,
        faults: form.valid ? [{ field: 'rules', key: 'administration.error.rules' }] : form.faults,
      });
    const changed = await this.editing.setGuidelines(viewer, community, form.value.rules);
    return seeOther(
      `/c/${slug}/edit`,
      changed ? 'administration.notice.guidelines' : 'administration.notice.same',
    );
  }

  @Post('hours')
  async hours(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(HoursForm) form: Submitted<HoursForm>,
  ): Promise<Page | SeeOther> {
    const community = await this.loadModerated(viewer, slug);
    if (!form.valid) return this.carePage(i18n, community, 'hours', form);
    const lines = DAYS.map((day) => form.value[`day${day}`]);
    const weekly = readHours(lines);
    if (weekly === null) {
      const wrong = DAYS.filter((_, at) => readHours([lines[at] ?? '']) === null);
      return this.carePage(i18n, community, 'hours', {
        values: form.values,
        faults: wrong.map((day) => ({ field: `day${day}`, key: 'administration.error.hours' })),
      });
    }
    await this.editing.setHours(viewer, community, {
      timeZone: form.value.timeZone,
      weekly,
      outside: form.value.outside,
    });
    return seeOther(`/c/${slug}/edit`, 'administration.notice.saved');
  }

  /** Opens a new first-day thread that replaces the previous one. */
  @Post('orientation')
  async orientation(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(OrientationForm) form: Submitted<OrientationForm>,
  ): Promise<Page | SeeOther> {
    const community = await this.loadModerated(viewer, slug);
    if (!form.valid) return this.carePage(i18n, community, 'orientation', form);
    await this.communities.replaceOrientation(viewer, community, form.value);
    return seeOther(`/c/${slug}/edit`, 'administration.notice.orientation');
  }

  private async loadModerated(viewer: Viewer, slug: string): Promise<AccessibleCommunity> {
    const community = await this.communityAccess.load(viewer, slug);
    requireModerator(viewer, community);
    return community;
  }

  private async carePage(
    i18n: Translator,
    community: AccessibleCommunity,
    which?: CareForm,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const row = await this.communities.editable(community);
    const view = careView(community, row, { which, faulty }, i18n);
    return formPage('administration/care', view, faulty, { titleKey: 'administration.care.title' });
  }
}
