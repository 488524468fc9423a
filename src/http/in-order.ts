import type { NextFunction, Request, RequestHandler, Response } from 'express';

/**
 * Middleware for every path as one: Express then looks at one layer instead of at each. What is
 * thrown ends the row, as an error handed to `next` does.
 */
export function inOrder(all: readonly RequestHandler[]): RequestHandler {
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
