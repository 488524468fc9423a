import { Controller, Get, Param, Req } from '@nestjs/common';
import type { Request } from 'express';
import { NotFound, ThreadMerged } from '../kernel/errors.js';
import type { Translator } from '../i18n/translator.js';
import type { Page } from '../http/page.js';
import { PublicPage } from '../http/public-page.js';
import { AllowReplicaLag } from '../http/replica-reads.js';
import { IdPipe, I18n, textQuery, CurrentViewer } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import { MAX_QUOTES, PAGE_SIZE } from '../posts/post-address.js';
import { ThreadAccess } from './thread-access.js';
import { ThreadPage } from './thread-page.js';

@Controller('t/:id')
export class ThreadController {
  constructor(
    private readonly threads: ThreadPage,
    private readonly access: ThreadAccess,
  ) {}

  @Get()
  @AllowReplicaLag()
  @PublicPage()
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Req() req: Request,
  ): Promise<Page> {
    const page = numberIn(req, 'page') ?? 1;
    const reply = numberIn(req, 'reply');
    const show = numberIn(req, 'show');
    try {
      return await this.threads.show(viewer, i18n, id, {
        page,
        reply,
        quote: numbersIn(req, 'quote'),
        show,
        update: textQuery(req, 'update') === '1',
      });
    } catch (error) {
      if (!(error instanceof ThreadMerged)) throw error;
      const number = show ?? reply ?? (page - 1) * PAGE_SIZE + 1;
      throw await this.access.placeIn(error, number);
    }
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
