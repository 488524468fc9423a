import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import type { Translator } from '../../i18n/translator.js';
import { INBOX } from '../preferences/notice-kinds.js';
import { UnreadStreams } from './unread-streams.js';

/**
 * Streams the number of unread notices to open pages. Pages without JavaScript keep the number that
 * they were rendered with.
 */
@Controller('notifications/stream')
export class UnreadController {
  constructor(private readonly streams: UnreadStreams) {}

  @Get()
  open(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
    @Res() res: Response,
  ): void {
    // A browser that opens this URL as a page is redirected to the inbox.
    if (req.headers.accept?.includes('text/event-stream') !== true) res.redirect(303, INBOX);
    else if (!this.streams.open(viewer, viewer.unread, i18n, res)) res.status(204).end();
  }
}
