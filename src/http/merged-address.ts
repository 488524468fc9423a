import type { Request, Response } from 'express';
import type { ThreadMerged } from '../kernel/errors.js';

/** Sends a request for a merged thread on; a form keeps its method and fields. */
export function redirectMerged(req: Request, res: Response, merged: ThreadMerged): void {
  const reads = req.method === 'GET' || req.method === 'HEAD';
  res.setHeader('Cache-Control', 'private, no-store');
  res.redirect(reads ? 301 : 308, mergedAddress(req.originalUrl, merged));
}

/**
 * The address that a request for a merged thread is sent on to.
 * @param url path and query of the request
 */
export function mergedAddress(url: string, { from, into, place }: ThreadMerged): string {
  if (place !== undefined) return place;
  const [path = '', ...query] = url.split('?');
  const there = path.replace(
    /^(\/t\/|\/api\/v1\/threads\/)(\d+)(?=\/|$)/,
    (whole, before: string, id: string) => (id === from ? `${before}${into}` : whole),
  );
  // An address without the id of the thread has nothing to replace, and would lead to itself.
  return there === path ? `/t/${into}` : [there, ...query].join('?');
}
