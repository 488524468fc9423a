import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Config } from '../kernel/config.js';
import { AppError, NotFound } from '../kernel/errors.js';
import { requireMailServer, rawMail } from './mail-server.js';
import { ReplyByMail, type Outcome } from './reply-by-mail.service.js';

/** Receives replies by email from the mail server: the whole email in `raw` or `rawBase64`. */
@Controller('webhooks/mail/replies')
export class RepliesByMailController {
  constructor(
    private readonly config: Config,
    private readonly replies: ReplyByMail,
  ) {}

  @Post()
  @HttpCode(200)
  async take(@Req() req: Request): Promise<{ outcome: Outcome }> {
    requireMailServer(req, this.config);
    if (this.config.REPLY_BY_MAIL !== 'on') throw new NotFound();
    const raw = rawMail(req.body);
    if (raw === null) throw new AppError(422, 'forms.error.invalid');
    return { outcome: await this.replies.take(raw) };
  }
}
