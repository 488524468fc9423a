import type { NextFunction, Request, Response } from 'express';
import type { Assets } from '../rendering/assets.js';

const YEAR = 'public, max-age=31536000, immutable';

/** Serves the fingerprinted files from memory, compressed once. */
export function serveAssets(assets: Assets) {
  return (req: Request, res: Response, next: NextFunction): void => {
    if (!req.path.startsWith('/assets/') && req.path !== '/favicon.ico') {
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
    res.setHeader('Cache-Control', req.path === '/favicon.ico' ? 'public, max-age=86400' : YEAR);
    res.setHeader('Vary', 'Accept-Encoding');
    if (accepted.includes('br')) res.setHeader('Content-Encoding', 'br').end(asset.brotli);
    else if (accepted.includes('gzip')) res.setHeader('Content-Encoding', 'gzip').end(asset.gzip);
    else res.end(asset.body);
  };
}
