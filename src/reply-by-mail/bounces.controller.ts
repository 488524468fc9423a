import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { AppError } from '../kernel/errors.js';
import { Config } from '../kernel/config.js';
import { readRefusal, refusalKey } from '../mail/refusals.js';
import { BOUNCE_KINDS, Suppressions } from '../mail/suppressions.js';
import { readReport, type BounceReport } from './bounce-report.js';
import { requireMailServer, rawMail } from './mail-server.js';

/** Unvalidated fields of the request. */
interface Given {
  mark?: unknown;
  recipientMark?: unknown;
  type?: unknown;
  code?: unknown;
  diagnostic?: unknown;
  domain?: unknown;
  raw?: unknown;
  rawBase64?: unknown;
}

/** Receives bounces and complaints from a mail server or mail service; idempotent. */
@Controller('webhooks/mail/bounces')
export class BouncesController {
  constructor(
    private readonly config: Config,
    private readonly suppressions: Suppressions,
  ) {}

  /**
   * Accepts `{mark, type, code, diagnostic?, domain?}`, or a complete report in `raw` or
   * `rawBase64`.
   */
  @Post()
  @HttpCode(200)
  async record(@Req() req: Request): Promise<{ known: boolean }> {
    requireMailServer(req, this.config);
    const given = (typeof req.body === 'object' && req.body !== null ? req.body : {}) as Given;
    const raw = rawMail(given);
    const report =
      raw === null ? reportOf(given) : await readReport(raw, this.config.MAIL_BOUNCE_ADDRESS ?? '');
    return {
      known: report !== null && (await this.suppressions.record({ mark: report.mark }, report)),
    };
  }
}

/** @throws AppError 422 without a tag or a known type */
function reportOf(given: Given): BounceReport {
  const mark = given.mark ?? given.recipientMark;
  const type = BOUNCE_KINDS.find(
    (known): known is (typeof BOUNCE_KINDS)[number] => known === given.type,
  );
  if (typeof mark !== 'string' || !/^[0-9a-f]{32}$/i.test(mark) || type === undefined)
    throw new AppError(422, 'forms.error.invalid');
  const code = textOf(given.code, 20);
  const diagnostic = textOf(given.diagnostic, 2_000);
  const refusal = readRefusal(diagnostic, code);
  return {
    mark: mark.toLowerCase(),
    // Mail services report everything they gave up on as hard; a failure caused by this server
    // suppresses nobody.
    kind: type === 'hard' && refusal.cause === 'sender' ? 'sender' : type,
    code,
    refusal:
      type === 'complaint' || (code ?? diagnostic) === null
        ? null
        : refusalKey(diagnostic, refusal),
    domain: textOf(given.domain, 255)?.toLowerCase() ?? null,
  };
}

function textOf(value: unknown, longest: number): string | null {
  return typeof value === 'number' || typeof value === 'string'
    ? String(value).slice(0, longest)
    : null;
}
