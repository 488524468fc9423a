import { Controller, Get, Param, Post } from '@nestjs/common';
import { canModerate, type AccessibleCommunity } from '../communities/community-access.js';
import { CommunityAccess } from '../communities/community-access.service.js';
import { CommunityEditing } from '../communities/community-editing.service.js';
import { hourLines, readHours } from '../communities/hours-form.js';
import { formView } from '../http/form-page.js';
import { Form, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Database } from '../kernel/database.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { TeamThreads } from '../posting/team-threads.service.js';
import { editable } from './administration.queries.js';
import { GuidelinesForm, HoursForm, OrientationForm, WelcomeForm } from './communities.dto.js';

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
type Which = 'welcome' | 'guidelines' | 'hours' | 'orientation';

/**
 * What those who look after a community change themselves: its welcome, first-day thread,
 * guidelines and hours.
 */
@Controller('c/:slug/edit')
export class CommunityCareController {
  constructor(
    private readonly communityAccess: CommunityAccess,
    private readonly sql: Sql,
    private readonly database: Database,
    private readonly editing: CommunityEditing,
    private readonly threads: TeamThreads,
  ) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    return this.carePage(i18n, await this.mine(viewer, slug));
  }

  @Post('welcome')
  async welcome(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(WelcomeForm) form: Submitted<WelcomeForm>,
  ): Promise<Page | SeeOther> {
    const community = await this.mine(viewer, slug);
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
    const community = await this.mine(viewer, slug);
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
    const community = await this.mine(viewer, slug);
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

  /** A new first-day thread takes the place of the one before. */
  @Post('orientation')
  async orientation(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(OrientationForm) form: Submitted<OrientationForm>,
  ): Promise<Page | SeeOther> {
    const community = await this.mine(viewer, slug);
    if (!form.valid) return this.carePage(i18n, community, 'orientation', form);
    const row = await this.sql.first(editable, { communityId: community.id });
    await this.database.inTransaction(async (tx) => {
      if (row?.orientation != null) await this.threads.retire(tx, row.orientation);
      const threadId = await this.threads.open(tx, {
        communityId: community.id,
        authorId: viewer.memberId,
        title: form.value.title,
        body: form.value.body,
        kind: 'question',
        replyWish: 'listen',
      });
      await this.editing.setOrientation(tx, viewer, community, threadId);
    });
    return seeOther(`/c/${slug}/edit`, 'administration.notice.orientation');
  }

  private async mine(viewer: Viewer, slug: string): Promise<AccessibleCommunity> {
    const community = await this.communityAccess.load(viewer, slug);
    if (!canModerate(viewer, community)) throw new NotFound();
    return community;
  }

  private async carePage(
    i18n: Translator,
    community: AccessibleCommunity,
    which?: Which,
    faulty?: FaultyForm,
  ): Promise<Page> {
    const row = await this.sql.first(editable, { communityId: community.id });
    if (row === null) throw new NotFound();
    const form = (name: Which, defaults: Record<string, string>): ReturnType<typeof formView> =>
      formView(i18n, which === name ? faulty : undefined, defaults);
    const lines = hourLines(community.hours.weekly);
    const hours = form('hours', {
      timeZone: community.hours.timeZone,
      outside: community.hours.outside,
      ...Object.fromEntries(DAYS.map((day, at) => [`day${day}`, lines[at] ?? ''])),
    });
    const view = {
      slug: community.slug,
      name: community.name,
      version: row.version,
      orientationThread: row.orientation,
      form: {
        errors: faulty === undefined ? [] : formView(i18n, faulty).errors,
      },
      welcome: form('welcome', { welcome: row.welcome }),
      guidelines: form('guidelines', { rules: (row.rules ?? []).join('\n') }),
      orientation: form('orientation', {
        title: i18n.t('administration.care.orientation-title'),
        body: i18n.t('administration.care.orientation-body'),
      }),
      hours,
      days: DAYS.map((day) => ({
        name: `day${day}`,
        label: i18n.t(`belonging.weekday.${day}`),
        value: hours.values[`day${day}`] ?? '',
        error: hours.error[`day${day}`] ?? '',
      })),
      zones: ['UTC', ...Intl.supportedValuesOf('timeZone')].map((value) => ({
        value,
        label: value.replaceAll('_', ' '),
        selected: value === hours.values.timeZone,
      })),
    };
    return page('administration/care', view, {
      titleKey: 'administration.care.title',
      status: faulty === undefined ? 200 : 422,
    });
  }
}
