import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Admin } from '../http/guards.js';
import { page, type Page } from '../http/page.js';
import { I18n } from '../http/request.js';
import type { Translator } from '../i18n/translator.js';
import { NotFound } from '../kernel/errors.js';
import {
  mailContentPolicy,
  MailPreviews,
  inDarkMode,
  type MailPreview,
} from '../mail/mail-previews.js';
import { mailPreviewsView, mailPreviewView } from './mail-previews.view.js';

/** Previews of every kind of email, from fixtures: as a mailbox row, as text, as HTML. */
@Admin()
@Controller('admin/mail/previews')
export class MailPreviewsController {
  constructor(private readonly previews: MailPreviews) {}

  @Get()
  async list(@I18n() i18n: Translator): Promise<Page> {
    const view = mailPreviewsView(await this.previews.all(i18n), i18n);
    return page('administration/mail-previews', view, {
      titleKey: 'administration.previews.title',
    });
  }

  @Get(':preview')
  async show(@Param('preview') name: string, @I18n() i18n: Translator): Promise<Page> {
    const view = mailPreviewView(await this.find(name, i18n), i18n);
    return page('administration/mail-preview', view, { title: view.label });
  }

  /**
   * The HTML body only, served with a content security policy that loads nothing.
   * @param screen `dark` forces the dark colour scheme; otherwise the browser's preference applies
   */
  @Get(':preview/html')
  async html(
    @Param('preview') name: string,
    @Query('screen') screen: unknown,
    @I18n() i18n: Translator,
    @Res({ passthrough: true }) res: Response,
  ): Promise<string> {
    const preview = await this.find(name, i18n);
    const html = screen === 'dark' ? inDarkMode(preview.html) : preview.html;
    res.type('text/html; charset=utf-8');
    res.setHeader('Content-Security-Policy', mailContentPolicy(html));
    res.setHeader('Cache-Control', 'private, no-store');
    res.setHeader('X-Robots-Tag', 'noindex');
    return html;
  }

  private async find(name: string, i18n: Translator): Promise<MailPreview> {
    const preview = await this.previews.find(name, i18n);
    if (preview === null) throw new NotFound();
    return preview;
  }
}
