import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { InWords, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Words } from '../kernel/words.js';
import { INBOX } from './notice-kinds.js';
import { UnreadStreams } from './unread-streams.js';

/**
 * The inbox's number for a page that stays open. Without script nobody asks; the number is as old
 * as the page.
 */
@Controller('notifications/stream')
export class UnreadController {
  constructor(private readonly streams: UnreadStreams) {}

  @Get()
  open(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Req() req: Request,
    @Res() res: Response,
  ): void {
    // A person who comes by this address wants the inbox.
    if (req.headers.accept?.includes('text/event-stream') !== true) res.redirect(303, INBOX);
    else if (!this.streams.open(viewer.memberId, viewer.unread, words, res)) res.status(204).end();
  }
}
