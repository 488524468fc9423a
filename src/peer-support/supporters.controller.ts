import { Controller, Get, Param, Post } from '@nestjs/common';
import { canModerate, type AccessibleCommunity } from '../communities/community-access.js';
import { CommunityAccess } from '../communities/community-access.service.js';
import { tickOptions } from '../http/options.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { AppError, Forbidden, NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { Application, Duty, SupporterAnswer, TRAINING } from './supporters.dto.js';
import { ownSupporterSettings, supportersOf } from './supporters.queries.js';
import { Supporters } from './supporters.service.js';

/** Becoming a peer supporter, going off duty, and what moderators answer. */
@Controller('c/:slug')
export class SupportersController {
  constructor(
    private readonly communityAccess: CommunityAccess,
    private readonly sql: Sql,
    private readonly supporting: Supporters,
  ) {}

  @Get('supporting')
  async own(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    return this.ownPage(viewer, i18n, await this.joined(viewer, slug));
  }

  @Post('supporting')
  async apply(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(Application) form: Submitted<Application>,
  ): Promise<Page | SeeOther> {
    const community = await this.joined(viewer, slug);
    if (!form.valid) return this.ownPage(viewer, i18n, community, form);
    await this.supporting.apply(viewer, community, form.value);
    return seeOther(`/c/${slug}/supporting`, 'belonging.notice.asked');
  }

  @Post('supporting/duty')
  async duty(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(Duty) form: Submitted<Duty>,
  ): Promise<Page | SeeOther> {
    const community = await this.joined(viewer, slug);
    if (!form.valid) return this.ownPage(viewer, i18n, community, form);
    const set = await refusedField(
      () => this.supporting.setDuty(viewer, community, form.value),
      form.values,
    );
    return 'form' in set
      ? this.ownPage(viewer, i18n, community, set.form)
      : seeOther(`/c/${slug}/supporting`, 'belonging.notice.duty');
  }

  @Post('supporting/stop')
  async stop(@CurrentMember() viewer: Viewer, @Param('slug') slug: string): Promise<SeeOther> {
    await this.supporting.stop(viewer, await this.joined(viewer, slug));
    return seeOther(`/c/${slug}`, 'belonging.notice.stopped');
  }

  @Get('supporters')
  async all(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    const community = await this.communityAccess.load(viewer, slug);
    if (!canModerate(viewer, community)) throw new NotFound();
    const rows = await this.sql.rows(supportersOf, { communityId: community.id });
    const view = {
      slug,
      name: community.name,
      asked: rows
        .filter(({ state }) => state === 'asked')
        .map((row) => ({
          handle: row.handle,
          why: row.why,
          when: i18n.when(row.askedAt),
          capacity: i18n.t('belonging.supporting.takes', { count: row.capacity }),
          done: i18n.t('belonging.supporting.done', {
            count: row.steps.length,
            all: TRAINING.length,
          }),
          ready: TRAINING.every((step) => row.steps.includes(step)),
        })),
      active: rows
        .filter(({ state }) => state !== 'asked')
        .map((row) => ({
          handle: row.handle,
          capacity: i18n.t('belonging.supporting.takes', { count: row.capacity }),
          off:
            row.offDutyUntil === null
              ? null
              : i18n.t('belonging.supporting.off', { date: i18n.date(row.offDutyUntil) }),
        })),
    };
    return page('belonging/supporters', view, { titleKey: 'belonging.supporters.title' });
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
    await this.supporting.answer(viewer, community, params.handle, params.answer, form.value.line);
    return seeOther(`/c/${params.slug}/supporters`, 'communities.notice.answered');
  }

  private async joined(viewer: Viewer, slug: string): Promise<AccessibleCommunity> {
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
    faulty?: FaultyForm,
  ): Promise<Page> {
    const row = await this.sql.first(ownSupporterSettings, {
      communityId: community.id,
      memberId: viewer.memberId,
    });
    const supports = community.role === 'supporter';
    const off = row?.offDutyUntil ?? null;
    const form = formView(i18n, faulty, {
      why: row?.why ?? '',
      capacity: String(row?.capacity ?? 3),
      steps: row?.steps ?? [],
      offDutyUntil: off === null ? '' : off.toISOString().slice(0, 10),
    });
    const steps = [form.values.steps ?? []].flat();
    const view = {
      slug: community.slug,
      name: community.name,
      form,
      supports,
      asked: row?.state === 'asked',
      mayApply: community.role === 'member',
      off:
        supports && off !== null
          ? i18n.t('belonging.supporting.off', { date: i18n.date(off) })
          : null,
      steps: tickOptions(
        TRAINING,
        steps,
        (value) => i18n.t(`belonging.step.${value}.title`),
        (value) => i18n.t(`belonging.step.${value}.text`),
      ),
    };
    return formPage('belonging/supporting', view, faulty, {
      titleKey: 'belonging.supporting.title',
    });
  }
}
