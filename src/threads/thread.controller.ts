import { Controller, Get, Param, Req } from '@nestjs/common';
import type { Request } from 'express';
import { NotFound } from '../kernel/errors.js';
import type { Words } from '../kernel/words.js';
import type { Page } from '../http/page.js';
import { IdPipe, InWords, textQuery, Who } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import { ThreadPage } from './thread-page.js';

@Controller('t/:id')
export class ThreadController {
  constructor(private readonly threads: ThreadPage) {}

  @Get()
  show(
    @Who() viewer: MaybeViewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
    @Req() req: Request,
  ): Promise<Page> {
    return this.threads.show(viewer, words, id, {
      page: numberIn(req, 'page') ?? 1,
      reply: numberIn(req, 'reply'),
      show: numberIn(req, 'show'),
    });
  }
}

function numberIn(req: Request, name: string): number | undefined {
  const text = textQuery(req, name);
  if (text === undefined || text === '') return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new NotFound();
  return Number(text);
}
