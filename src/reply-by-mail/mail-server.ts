import type { NextFunction, Request, Response } from 'express';
import { AppError, NotFound } from '../kernel/errors.js';
import type { Config } from '../kernel/config.js';
import { sameText, sign } from '../kernel/ids.js';

/**
 * Only our own mail server may hand mails in. Compared as keyed digests, so that neither the time
 * nor the length of a guess tells anything.
 * @throws NotFound where nothing is taken in at all
 */
export function mustBeMailServer(req: Request, config: Config): void {
  const expected = config.MAIL_INTAKE_SECRET;
  if (expected === undefined) throw new NotFound();
  const given = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1] ?? '';
  if (
    !sameText(
      sign(config.secret, 'mail-intake', given),
      sign(config.secret, 'mail-intake', expected),
    )
  )
    throw new AppError(403, 'errors.403.lead');
}

/** Where mail servers hand mails in. */
const INTAKE = '/webhooks/mail/';

/**
 * Answers whoever is no mail server of ours before the body is read, and lets the rest of it go:
 * otherwise anybody could have us read 16 MB and hear only then.
 */
export function refuseOtherMailServers(config: Config) {
  return (req: Request, res: Response, next: NextFunction): void => {
    if (!req.path.startsWith(INTAKE)) {
      next();
      return;
    }
    try {
      mustBeMailServer(req, config);
      next();
    } catch (error) {
      res.setHeader('connection', 'close');
      next(error);
    }
  };
}

/**
 * The mail in a request: `raw` as text, `rawBase64` as bytes, which alone keeps a charset such as
 * ISO-8859-1 sent as 8bit.
 * @returns null where neither is there
 */
export function rawMail(body: unknown): Buffer | null {
  const { raw, rawBase64 } = (body ?? {}) as { raw?: unknown; rawBase64?: unknown };
  if (typeof rawBase64 === 'string') return Buffer.from(rawBase64, 'base64');
  return typeof raw === 'string' ? Buffer.from(raw, 'utf8') : null;
}
