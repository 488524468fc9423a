import { Controller, Get, Param, Req } from '@nestjs/common';
import type { Request } from 'express';
import { NotFound } from '../kernel/errors.js';
import type { Translator } from '../i18n/translator.js';
import type { Page } from '../http/page.js';
import { PublicPage } from '../http/public-page.js';
import { AllowReplicaLag } from '../http/replica-reads.js';
import { IdPipe, I18n, textQuery, CurrentViewer } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import { MAX_QUOTES } from '../posts/post-address.js';
import { ThreadPage } from './thread-page.js';

@Controller('t/:id')
export class ThreadController {
  constructor(private readonly threads: ThreadPage) {}

  @Get()
  @AllowReplicaLag()
  @PublicPage()
  show(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Req() req: Request,
  ): Promise<Page> {
    return this.threads.show(viewer, i18n, id, {
      page: numberIn(req, 'page') ?? 1,
      reply: numberIn(req, 'reply'),
      quote: numbersIn(req, 'quote'),
      show: numberIn(req, 'show'),
      update: textQuery(req, 'update') === '1',
    });
  }
}

function numberIn(req: Request, name: string): number | undefined {
  return numberOf(textQuery(req, name));
}

/** Reads a query parameter that may be repeated. */
function numbersIn(req: Request, name: string): number[] {
  const numbers = [req.query[name]]
    .flat()
    .map((text) => (typeof text === 'string' ? numberOf(text) : undefined));
  return [...new Set(numbers.filter((number) => number !== undefined))].slice(0, MAX_QUOTES);
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new NotFound();
  return Number(text);
}
