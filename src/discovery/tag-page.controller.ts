import { Controller, Get, Param } from '@nestjs/common';
import { page, type Page } from '../http/page.js';
import { AllowReplicaLag } from '../http/replica-reads.js';
import { CurrentViewer, I18n } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { TagPages } from './tag-page.service.js';
import { tagPageView, tagTitle } from './tag-page.view.js';

/** The page of one difficulty or situation: how many people share it, communities and threads. */
@Controller('about/:tag')
export class TagPageController {
  constructor(private readonly tags: TagPages) {}

  @Get()
  @AllowReplicaLag()
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('tag') tag: string,
  ): Promise<Page> {
    const facts = await this.tags.read(viewer, tag);
    const title = tagTitle(facts, i18n);
    return page('finding/tag', { title, ...tagPageView(facts, i18n) }, { title });
  }
}
