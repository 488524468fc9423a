import type { NextFunction, Request, Response } from 'express';
import { AppError, NotFound } from '../kernel/errors.js';
import type { Config } from '../kernel/config.js';
import { sameText, sign } from '../kernel/ids.js';

/**
 * Authenticates our own mail server. The secrets are compared as keyed digests, so that neither
 * time nor length reveals anything.
 * @throws NotFound if email intake is disabled
 */
export function requireMailServer(req: Request, config: Config): void {
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

/** Path prefix at which mail servers deliver. */
const INTAKE = '/webhooks/mail/';

/**
 * Rejects other clients before their body is read, and discards the rest of it: otherwise anybody
 * could make us read 16 MB before the rejection.
 */
export function rejectUnauthenticatedIntake(config: Config) {
  return (req: Request, res: Response, next: NextFunction): void => {
    if (!req.path.startsWith(INTAKE)) {
      next();
      return;
    }
    try {
      requireMailServer(req, config);
      next();
    } catch (error) {
      res.setHeader('connection', 'close');
      next(error);
    }
  };
}

/**
 * Reads the email from a request: `raw` as text, or `rawBase64` as bytes, which preserves charsets
 * such as ISO-8859-1 sent as 8bit.
 * @returns null if neither exists
 */
export function rawMail(body: unknown): Buffer | null {
  const { raw, rawBase64 } = (body ?? {}) as { raw?: unknown; rawBase64?: unknown };
  if (typeof rawBase64 === 'string') return Buffer.from(rawBase64, 'base64');
  return typeof raw === 'string' ? Buffer.from(raw, 'utf8') : null;
}
