import type { NextFunction, Request, RequestHandler, Response } from 'express';

/**
 * Combines middleware for all paths into one, so that Express matches a single layer. A thrown
 * error ends the chain like an error passed to `next`.
 */
export function chainMiddleware(all: readonly RequestHandler[]): RequestHandler {
  return (req: Request, res: Response, done: NextFunction): void => {
    let at = 0;
    const next = (error?: unknown): void => {
      const one = error === undefined || error === null ? all[at++] : undefined;
      if (one === undefined) {
        done(error);
        return;
      }
      try {
        void one(req, res, next);
      } catch (thrown) {
        done(thrown);
      }
    };
    next();
  };
}
