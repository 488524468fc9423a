import { Controller, Get, Param } from '@nestjs/common';
import { page, type Page } from '../http/page.js';
import { CurrentMember, I18n, IdPipe } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { RefusedMails } from './refused-mails.service.js';

/** A reply by email that could not be posted and was stored, for the member who wrote it. */
@Controller('refused-mails/:id')
export class RefusedMailsController {
  constructor(private readonly mails: RefusedMails) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const { body, at } = await this.mails.own(viewer, id);
    const view = { body, when: i18n.exactly(at) };
    return page('posts/refused-mail', view, { titleKey: 'posts.refused-mail.title' });
  }
}
