import { Controller, Get, Param, Post } from '@nestjs/common';
import { requireModerator, type AccessibleCommunity } from '../communities/community-access.js';
import { CommunityAccess } from '../communities/community-access.service.js';
import { formPage } from '../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../http/form.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import type { Translator } from '../i18n/translator.js';
import { PROMPT_KINDS, PromptForm } from './prompts.dto.js';
import { Prompts } from './prompts.service.js';
import { promptsView } from './prompts.view.js';

/** A community's weekly threads, for its moderators. */
@Controller('c/:slug/prompts')
export class PromptsController {
  constructor(
    private readonly access: CommunityAccess,
    private readonly prompts: Prompts,
  ) {}

  @Get()
  async list(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<Page> {
    return this.pageOf(await this.moderated(viewer, slug), i18n);
  }

  @Post()
  async save(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(PromptForm) form: Submitted<PromptForm>,
  ): Promise<Page | SeeOther> {
    const community = await this.moderated(viewer, slug);
    if (!form.valid) return this.pageOf(community, i18n, form);
    await this.prompts.save(viewer, community, form.value);
    return seeOther(`/c/${slug}/prompts`, 'belonging.notice.prompt-saved');
  }

  @Post(':kind/:change')
  async pause(
    @CurrentMember() viewer: Viewer,
    @Param() params: { slug: string; kind: string; change: string },
  ): Promise<SeeOther> {
    const community = await this.moderated(viewer, params.slug);
    const kind = PROMPT_KINDS.find((known) => known === params.kind);
    if (kind === undefined || (params.change !== 'pause' && params.change !== 'resume'))
      throw new NotFound();
    await this.prompts.pause(viewer, community, kind, params.change);
    return seeOther(`/c/${params.slug}/prompts`, `belonging.notice.prompt-${params.change}d`);
  }

  /** @throws NotFound if the viewer may not moderate it */
  private async moderated(viewer: Viewer, slug: string): Promise<AccessibleCommunity> {
    const community = await this.access.load(viewer, slug);
    requireModerator(viewer, community);
    return community;
  }

  private async pageOf(
    community: AccessibleCommunity,
    i18n: Translator,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const rows = await this.prompts.of(community);
    return formPage('belonging/prompts', promptsView(community, rows, i18n, faulty), faulty, {
      titleKey: 'belonging.prompts.title',
    });
  }
}
