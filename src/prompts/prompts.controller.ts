import { Controller, Get, Param, Post } from '@nestjs/common';
import { canModerate, type AccessibleCommunity } from '../communities/community-access.js';
import { CommunityAccess } from '../communities/community-access.service.js';
import { formPage, formView } from '../http/form-page.js';
import { selectOptions } from '../http/options.js';
import { Form, type FaultyForm, type Submitted } from '../http/form.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { PROMPT_KINDS, PromptForm } from './prompts.dto.js';
import { promptsOf } from './prompts.queries.js';
import { Prompts } from './prompts.service.js';

const WEEKDAYS = Array.from({ length: 7 }, (_, day) => String(day + 1));
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour));

/** The weekly threads of a community, for those who look after it. */
@Controller('c/:slug/prompts')
export class PromptsController {
  constructor(
    private readonly door: CommunityAccess,
    private readonly sql: Sql,
    private readonly prompts: Prompts,
  ) {}

  @Get()
  async list(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    return this.pageOf(await this.mine(viewer, slug), i18n);
  }

  @Post()
  async save(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(PromptForm) form: Submitted<PromptForm>,
  ): Promise<Page | SeeOther> {
    const community = await this.mine(viewer, slug);
    if (!form.valid) return this.pageOf(community, i18n, form);
    await this.prompts.save(viewer, community, form.value);
    return seeOther(`/c/${slug}/prompts`, 'belonging.notice.prompt-saved');
  }

  @Post(':kind/:change')
  async pause(
    @CurrentMember() viewer: Viewer,
    @Param() params: { slug: string; kind: string; change: string },
  ): Promise<SeeOther> {
    const community = await this.mine(viewer, params.slug);
    const kind = PROMPT_KINDS.find((known) => known === params.kind);
    if (kind === undefined || (params.change !== 'pause' && params.change !== 'resume'))
      throw new NotFound();
    await this.prompts.pause(viewer, community, kind, params.change);
    return seeOther(`/c/${params.slug}/prompts`, `belonging.notice.prompt-${params.change}d`);
  }

  private async mine(viewer: Viewer, slug: string): Promise<AccessibleCommunity> {
    const community = await this.door.load(viewer, slug);
    if (!canModerate(viewer, community)) throw new NotFound();
    return community;
  }

  private async pageOf(
    community: AccessibleCommunity,
    i18n: Translator,
    faulty?: FaultyForm,
  ): Promise<Page> {
    const rows = await this.sql.rows(promptsOf, { communityId: community.id });
    const prompts = PROMPT_KINDS.map((kind) => {
      const row = rows.find((each) => each.kind === kind);
      const faultyHere = faulty?.values.kind === kind ? faulty : undefined;
      const form = formView(i18n, faultyHere, {
        title: row?.title ?? i18n.t(`belonging.prompt.${kind}.title`),
        body: row?.body ?? i18n.t(`belonging.prompt.${kind}.body`),
        weekday: String(row?.weekday ?? 1),
        hour: String(row?.hour ?? 9),
      });
      return {
        kind,
        form,
        name: i18n.t(`belonging.prompt.${kind}.name`),
        on: row !== undefined,
        paused: row?.paused ?? false,
        lastThread: row?.lastThread ?? null,
        days: selectOptions(WEEKDAYS, form.values.weekday, (day) =>
          i18n.t(`belonging.weekday.${day}`),
        ),
        hours: selectOptions(HOURS, form.values.hour, (hour) => `${hour.padStart(2, '0')}:00`),
      };
    });
    // A kind that is none of ours has no form to stand beside.
    const lost =
      faulty !== undefined && !prompts.some(({ form }) => form.errors.length > 0)
        ? formView(i18n, faulty)
        : null;
    const view = {
      slug: community.slug,
      name: community.name,
      zone: community.hours.timeZone.replaceAll('_', ' '),
      prompts,
      form: lost,
    };
    return formPage('belonging/prompts', view, faulty, {
      titleKey: 'belonging.prompts.title',
    });
  }
}
