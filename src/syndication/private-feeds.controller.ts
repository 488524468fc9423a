import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { formPage } from '../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { Reauthenticated } from '../http/guards.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { CurrentMember, I18n, IdPipe } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { NotFound } from '../kernel/errors.js';
import { atomResponse } from './atom.js';
import { PrivateFeedForm } from './private-feeds.dto.js';
import { PrivateFeeds } from './private-feeds.service.js';
import { privateFeedsView } from './private-feeds.view.js';

const TITLE = { titleKey: 'feeds.title' };

/** Routes to create and revoke a member's own feeds. */
@Controller('settings/feeds')
export class PrivateFeedsController {
  constructor(private readonly feeds: PrivateFeeds) {}

  @Get()
  list(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.listPage(viewer, i18n);
  }

  /** Shows the URL once. Requires the password, as the feed outlives the session. */
  @Post()
  @Reauthenticated()
  async create(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(PrivateFeedForm) form: Submitted<PrivateFeedForm>,
  ): Promise<Page> {
    if (!form.valid) return this.listPage(viewer, i18n, form);
    const result = await catchFieldError(() => this.feeds.create(viewer, form.value), form.values);
    if ('form' in result) return this.listPage(viewer, i18n, result.form);
    return page('feeds/created', { name: form.value.name, address: result.done }, TITLE);
  }

  @Post(':id/revoke')
  async revoke(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.feeds.revoke(viewer, id);
    return seeOther('/settings/feeds', 'feeds.notice.revoked');
  }

  private async listPage(viewer: Viewer, i18n: Translator, faulty?: InvalidForm): Promise<Page> {
    const rows = await this.feeds.list(viewer);
    const view = privateFeedsView(rows, viewer.sharedDevice, i18n, faulty);
    return formPage('feeds/feeds', view, faulty, TITLE);
  }
}

/** Serves the feeds to feed readers. Sessions are ignored. */
@Controller('feeds/:token')
export class PrivateFeedController {
  constructor(private readonly feeds: PrivateFeeds) {}

  /** @returns 410 for a revoked feed, so that readers stop polling (RFC 9110, 15.5.11) */
  @Get()
  async show(
    @Param('token') name: string,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<string> {
    const token = /^([\w-]{43})\.atom$/.exec(name)?.[1];
    if (token === undefined) throw new NotFound();
    const feed = await this.feeds.render(token);
    if (!('revokedText' in feed)) return atomResponse(feed, 'private, no-cache', req, res);
    res.status(410);
    res.setHeader('Cache-Control', 'no-store');
    res.setHeader('Content-Type', 'text/plain; charset=utf-8');
    return feed.revokedText;
  }
}
