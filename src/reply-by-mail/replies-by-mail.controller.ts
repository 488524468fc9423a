import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Config } from '../kernel/config.js';
import { AppError, NotFound } from '../kernel/errors.js';
import { mustBeMailServer } from './mail-server.js';
import { ReplyByMail, type Outcome } from './reply-by-mail.service.js';

/** Answers by mail, as the mail server hands them over: `{raw}`, the whole mail. */
@Controller('webhooks/mail/replies')
export class RepliesByMailController {
  constructor(
    private readonly config: Config,
    private readonly replies: ReplyByMail,
  ) {}

  @Post()
  @HttpCode(200)
  async take(@Req() req: Request): Promise<{ outcome: Outcome }> {
    mustBeMailServer(req, this.config);
    if (this.config.REPLY_BY_MAIL !== 'on') throw new NotFound();
    const raw = (req.body as { raw?: unknown } | undefined)?.raw;
    if (typeof raw !== 'string') throw new AppError(422, 'forms.error.invalid');
    return { outcome: await this.replies.take(raw) };
  }
}
