import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { dropCookie, cookieName, readCookie, setCookie } from '../http/cookies.js';
import { localPath } from '../http/page.js';
import type { Viewer } from '../http/viewer.js';
import { Config } from '../kernel/config.js';

/** Why somebody signs up: the page they come from, and the community they want to join. */
export interface Reason {
  /** A path of this site; `/` where they came from nowhere. */
  readonly back: string;
  /** A slug; empty where none was named. */
  readonly community: string;
}

/** What a room that knows communities does for somebody who arrives. */
export interface ArrivalHost {
  /** @returns null where there is no such community; `joins` where an arrival can join at once */
  describe(slug: string): Promise<{ name: string; joins: boolean } | null>;
  /** Joins where that needs nothing but the wish to. */
  join(viewer: Viewer, slug: string): Promise<void>;
}

/** Why this browser signs somebody up; dropped with the session. */
export const ARRIVAL_COOKIE = 'arrival';

/**
 * Keeps the reason for signing up until the address is confirmed, in a cookie that ends with the
 * browser: the server stores nowhere what somebody was reading, and no mail says it.
 */
@Injectable()
export class Arrivals {
  private host: ArrivalHost | null = null;

  constructor(private readonly config: Config) {}

  /** Communities are a room above this one; it enters itself here. */
  receive(host: ArrivalHost): void {
    this.host = host;
  }

  /** @param values a query or the fields of a form */
  reasonIn(values: Readonly<Record<string, unknown>>): Reason {
    const { next, community } = values;
    return {
      back: localPath(next, '/'),
      community:
        typeof community === 'string' && /^[a-z0-9-]{1,60}$/.test(community) ? community : '',
    };
  }

  async describe({ community }: Reason): Promise<{ name: string; joins: boolean } | null> {
    return community === '' ? null : ((await this.host?.describe(community)) ?? null);
  }

  /**
   * @param handle the name that was chosen; it proves later that the browser which confirms an
   *   address is the one that signed up with it. Set whether or not the address was new.
   */
  keep(res: Response, handle: string, { back, community }: Reason): void {
    const value = [handle, community, Buffer.from(back).toString('base64url')].join('.');
    setCookie(res, this.config, ARRIVAL_COOKIE, value, { session: true });
  }

  /** @returns what this browser signed up for under the name; null where it did not */
  take(req: Request, res: Response, handle: string): Reason | null {
    const cookie = readCookie(req, cookieName(this.config, ARRIVAL_COOKIE));
    if (cookie === undefined) return null;
    const [kept, community, back = ''] = cookie.split('.');
    if (kept !== handle) return null;
    dropCookie(res, this.config, ARRIVAL_COOKIE);
    return this.reasonIn({ next: Buffer.from(back, 'base64url').toString(), community });
  }

  async join(viewer: Viewer, { community }: Reason): Promise<void> {
    if (community !== '') await this.host?.join(viewer, community);
  }
}
