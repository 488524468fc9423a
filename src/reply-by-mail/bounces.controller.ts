import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '../kernel/errors.js';
import { Config } from '../kernel/config.js';
import { BOUNCES, Suppressions, type Bounce } from '../mail/suppressions.js';
import { readReport, type BounceReport } from './bounce-report.js';
import { mustBeMailServer } from './mail-server.js';

interface Told {
  mark?: unknown;
  recipientMark?: unknown;
  type?: unknown;
  code?: unknown;
  raw?: unknown;
}

/**
 * What a mail server or a mail service tells of mails that came back, or were complained about.
 * Told twice, it counts once.
 */
@Controller('webhooks/mail/bounces')
export class BouncesController {
  constructor(
    private readonly config: Config,
    private readonly suppressions: Suppressions,
  ) {}

  /** `{mark, type, code}`, or `{raw}`: the whole report as it came. */
  @Post()
  @HttpCode(200)
  async hear(@Req() req: Request): Promise<{ known: boolean }> {
    mustBeMailServer(req, this.config);
    const told = (typeof req.body === 'object' && req.body !== null ? req.body : {}) as Told;
    const report =
      typeof told.raw === 'string'
        ? await readReport(told.raw, this.config.MAIL_BOUNCE_ADDRESS ?? '')
        : said(told);
    return {
      known:
        report !== null &&
        (await this.suppressions.record({ mark: report.mark }, report.kind, report.code)),
    };
  }
}

function said(told: Told): BounceReport {
  const mark = told.mark ?? told.recipientMark;
  const kind = BOUNCES.find((known): known is Bounce => known === told.type);
  if (typeof mark !== 'string' || !/^[0-9a-f]{32}$/i.test(mark) || kind === undefined)
    throw new AppError(422, 'forms.error.invalid');
  const { code } = told;
  return {
    mark: mark.toLowerCase(),
    kind,
    code: typeof code === 'number' || typeof code === 'string' ? String(code).slice(0, 20) : null,
  };
}
