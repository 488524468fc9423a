import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { NotFound } from '../kernel/errors.js';

/**
 * Rejects URLs with NUL in the path or query with 404: PostgreSQL cannot store NUL in text, so no
 * row can match. Runs for every route, before any lookup.
 */
export function rejectNulBytes(): RequestHandler {
  return (req: Request, _res: Response, next: NextFunction): void => {
    // Matched before decoding: `%2500` is the text "%00" and allowed.
    next(/%00/.test(req.originalUrl) ? new NotFound() : undefined);
  };
}
