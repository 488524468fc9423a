import type { NextFunction, Request, Response } from 'express';
import { WORKER_PATH, type Assets } from '../rendering/assets.js';

const YEAR = 'public, max-age=31536000, immutable';
/** For URLs that stay the same when their content changes. */
const FIXED: Record<string, string> = {
  '/favicon.ico': 'public, max-age=86400',
  [WORKER_PATH]: 'no-cache',
};

/** Serves the fingerprinted files from memory, where they are stored compressed. */
export function serveAssets(assets: Assets) {
  return (req: Request, res: Response, next: NextFunction): void => {
    if (!req.path.startsWith('/assets/') && !(req.path in FIXED)) {
      next();
      return;
    }
    const asset = assets.at(req.path === '/favicon.ico' ? assets.path('favicon.svg') : req.path);
    if (asset === undefined) {
      next();
      return;
    }
    const accepted = req.headers['accept-encoding'] ?? '';
    res.setHeader('Content-Type', asset.type);
    res.setHeader('Cache-Control', FIXED[req.path] ?? YEAR);
    res.setHeader('Vary', 'Accept-Encoding');
    const encoding = (['br', 'gzip'] as const).find((each) => accepted.includes(each));
    if (encoding === undefined) {
      res.end(asset.body);
      return;
    }
    asset.compressed[encoding]().then(
      (body) => res.setHeader('Content-Encoding', encoding).end(body),
      next,
    );
  };
}
