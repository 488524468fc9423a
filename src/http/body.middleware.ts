import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';

/** Big enough for the longest post four times over; the rest is 413. */
const LIMIT = '256kb';

/** Forms are `application/x-www-form-urlencoded`; JSON is read under `/api` and `/webhooks` only; anything else is 415. */
export function readBody(): RequestHandler[] {
  const form = express.urlencoded({ extended: false, limit: LIMIT, parameterLimit: 400 });
  const json = express.json({ limit: LIMIT });
  return [
    (req: Request, res: Response, next: NextFunction): void => {
      if (req.method !== 'POST' && req.method !== 'PUT' && req.method !== 'PATCH' && req.method !== 'DELETE') { next(); return; }
      if (req.path.startsWith('/api/') || req.path.startsWith('/webhooks/')) {
        json(req, res, next);
        return;
      }
      const type = req.headers['content-type'];
      if (type !== undefined && req.is('application/x-www-form-urlencoded') === false) {
        next(Object.assign(new Error('unsupported'), { status: 415 }));
        return;
      }
      form(req, res, next);
    },
  ];
}
