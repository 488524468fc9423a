import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { dropCookie, cookieName, readCookie, setCookie } from '../http/cookies.js';
import { localPath } from '../http/page.js';
import type { Viewer } from '../http/viewer.js';
import { Config } from '../kernel/config.js';

/** Why somebody signs up: the page they come from, and the community they want to join. */
export interface Reason {
  /** A path on this site; `/` if they came from no particular page. */
  readonly back: string;
  /** A slug; empty if no community was named. */
  readonly community: string;
}

/** Callbacks of the module for communities, which handles new arrivals. */
export interface ArrivalHost {
  /** @returns null if the community does not exist; `joins` if new members can join immediately */
  describe(slug: string): Promise<{ name: string; joins: boolean } | null>;
  /** Joins the community if no approval or other step is needed. */
  join(viewer: Viewer, slug: string): Promise<void>;
}

/** Cookie for the reason of a sign-up; expires with the browser session. */
export const ARRIVAL_COOKIE = 'arrival';

/**
 * Remembers the reason for signing up until the address is confirmed, in a session cookie: the
 * server never stores what somebody was reading, and no email mentions it.
 */
@Injectable()
export class Arrivals {
  private host: ArrivalHost | null = null;

  constructor(private readonly config: Config) {}

  /**
   * Registers the handler. Communities are a layer above this one, so they cannot be imported here.
   */
  receive(host: ArrivalHost): void {
    this.host = host;
  }

  /** @param values a query or form fields */
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
   * @param handle the chosen handle; it later proves that the browser which confirms an address is
   *   the one that signed up. The cookie is set whether or not the address was new.
   */
  keep(res: Response, handle: string, { back, community }: Reason): void {
    const value = [handle, community, Buffer.from(back).toString('base64url')].join('.');
    setCookie(res, this.config, ARRIVAL_COOKIE, value, { session: true });
  }

  /** @returns the reason for which this browser signed up with the handle, or null */
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
