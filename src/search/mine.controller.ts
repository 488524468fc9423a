import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { page, type Page } from '../http/page.js';
import { AllowReplicaLag } from '../http/replica-reads.js';
import { I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { OwnContent } from './mine.service.js';
import { ownContentView } from './mine.view.js';
import { readSearchOptions } from './search-options.js';

/** The member's own content: posts under any name, drafts, saved threads and saved searches. */
@Controller('mine')
export class MineController {
  constructor(private readonly content: OwnContent) {}

  @Get()
  @AllowReplicaLag()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const { q } = readSearchOptions(req.query);
    const facts = await this.content.read(viewer, q, req.query.before);
    return page('search/mine', ownContentView(facts, i18n), { titleKey: 'search.mine.title' });
  }
}
