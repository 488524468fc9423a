import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { cookieName, dropCookie, readCookie, setCookie } from '../http/cookies.js';
import { Config } from '../kernel/config.js';
import { deviceName } from './device.js';
import { SESSION_DAYS, Sessions } from './sessions.service.js';

/** Signing a browser in and out: the cookie and the row behind it. */
@Injectable()
export class BrowserSession {
  constructor(private readonly sessions: Sessions, private readonly config: Config) {}

  /** The old session of this browser ends: a log-in never continues one that somebody else may know. */
  async begin(req: Request, res: Response, memberId: string): Promise<void> {
    await this.sessions.end(this.token(req));
    const token = await this.sessions.open(memberId, deviceName(req.headers['user-agent']));
    setCookie(res, this.config, 'session', token, { days: SESSION_DAYS });
    // What is rendered in this answer belongs to the new session.
    req.headers.cookie = `${req.headers.cookie ?? ''}; ${cookieName(this.config, 'session')}=${token}`;
  }

  async end(req: Request, res: Response): Promise<void> {
    await this.sessions.end(this.token(req));
    dropCookie(res, this.config, 'session');
    dropCookie(res, this.config, 'guest');
    req.viewer = null;
  }

  private token(req: Request): string | undefined {
    return readCookie(req, cookieName(this.config, 'session'));
  }
}
