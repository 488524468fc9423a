import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Clock, MINUTE } from '../kernel/clock.js';
import { TooManyRequests } from '../kernel/errors.js';
import { isLoopbackAddress, networkOfAddress } from '../kernel/network.js';

/** Points per minute that one network may use per process; a household needs far fewer. */
export const READING_POINTS = 1_200;
/** A search is more expensive for the database than a page. */
const COSTS: [prefix: string, points: number][] = [
  ['/search', 10],
  ['/api/v1/search', 10],
  ['/communities', 2],
  ['/assets/', 0],
  // Help is never limited.
  ['/help-now', 0],
  ['/api/v1/helplines', 0],
  ['/leave', 0],
  ['/leaving-quickly', 0],
  ['/resources', 0],
  ['/healthz', 0],
  ['/readyz', 0],
  ['/metrics', 0],
];
/** Maximum number of networks in memory; the oldest are evicted first. */
const MAX_NETWORKS = 50_000;

interface Window {
  points: number;
  ends: number;
}

/**
 * Limits reads and searches at a rate that no person reaches. Counted in memory, per network and
 * process, because a read must not cost a write. Requests from this machine are exempt: they may
 * come from a proxy whose forwarded addresses are not trusted, and all clients would share one
 * counter.
 */
@Injectable()
export class ReadingLimit {
  private readonly windows = new Map<string, Window>();

  constructor(private readonly clock: Clock) {}

  /** @throws TooManyRequests, through `next` */
  middleware() {
    return (req: Request, _res: Response, next: NextFunction): void => {
      // HEAD runs the page's code too.
      const points = req.method === 'GET' || req.method === 'HEAD' ? costOf(req.path) : 0;
      const address = points === 0 ? '' : (req.ip ?? '');
      if (points === 0 || isLoopbackAddress(address)) {
        next();
        return;
      }
      const wait = this.count(networkOfAddress(address), points, READING_POINTS);
      next(wait === 0 ? undefined : new TooManyRequests(wait));
    };
  }

  /** @returns 0, or the seconds to wait */
  private count(network: string, points: number, most: number): number {
    const now = this.clock.ms();
    let window = this.windows.get(network);
    if (window === undefined || window.ends <= now) {
      this.windows.delete(network);
      window = { points: 0, ends: now + MINUTE };
      this.windows.set(network, window);
      for (const oldest of this.windows.keys()) {
        if (this.windows.size <= MAX_NETWORKS) break;
        this.windows.delete(oldest);
      }
    }
    window.points += points;
    return window.points > most ? Math.ceil((window.ends - now) / 1_000) : 0;
  }
}

function costOf(path: string): number {
  return COSTS.find(([prefix]) => path.startsWith(prefix))?.[1] ?? 1;
}
