import { Controller, Get, Param } from '@nestjs/common';
import { page, type Page } from '../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { digestPageView } from './digest-page.view.js';
import { DigestPages } from './digest-pages.service.js';

/** A digest as a page, only for its recipient: lists what the email only counted. */
@Controller('digests')
export class DigestsController {
  constructor(private readonly pages: DigestPages) {}

  @Get('next')
  async next(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    const facts = await this.pages.preview(viewer, i18n.locale);
    return page('digests/digest', digestPageView(facts, i18n), { titleKey: 'digests.next.title' });
  }

  @Get(':id')
  async show(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @I18n() i18n: Translator,
  ): Promise<Page> {
    const facts = await this.pages.own(viewer, id, i18n.locale);
    return page('digests/digest', digestPageView(facts, i18n), { titleKey: 'digests.title' });
  }
}
