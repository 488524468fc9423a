import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { NotFound } from '../kernel/errors.js';

/**
 * An address with NUL in its path or its query names nothing here: PostgreSQL keeps no text with
 * it, so that no row can be meant. For every route at once, before anything is looked up.
 */
export function refuseNul(): RequestHandler {
  return (req: Request, _res: Response, next: NextFunction): void => {
    // Undecoded: `%2500` is the text "%00" and fine.
    next(/%00/.test(req.originalUrl) ? new NotFound() : undefined);
  };
}
