import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { cookieName, dropCookie, readCookie, setCookie, SHARED_COOKIE } from '../http/cookies.js';
import { Layout } from '../http/layout.js';
import type { Viewer } from '../http/viewer.js';
import { Config } from '../kernel/config.js';
import { ARRIVAL_COOKIE } from './arrivals.js';
import { CredentialChanges } from './credential-changes.js';
import { deviceName } from './device-name.js';
import { DEVICE_DAYS, KnownDevices } from './known-devices.js';
import { SESSION_DAYS, Sessions } from './sessions.service.js';

/** Identifies this browser to the accounts that logged in with it; grants no access. */
const DEVICE_COOKIE = 'device';

/** Signs a browser in and out: the cookies and the rows behind them. */
@Injectable()
export class BrowserSession {
  constructor(
    private readonly sessions: Sessions,
    private readonly devices: KnownDevices,
    private readonly config: Config,
    private readonly changes: CredentialChanges,
    private readonly layout: Layout,
  ) {}

  /**
   * Starts a session and ends the browser's previous one, which prevents session fixation. Notifies
   * the owner by email if the browser is new to the account.
   * @param shared whether other people use the device; defaults to the last session in this browser
   */
  async begin(req: Request, res: Response, memberId: string, shared?: boolean): Promise<void> {
    const isShared = shared ?? this.layout.isSharedDevice(req);
    await this.sessions.end(this.token(req));
    const device = deviceName(req.headers['user-agent']);
    const token = await this.sessions.open(memberId, device, isShared);
    this.giveToken(req, res, token, isShared);
    if (await this.devices.isNew(this.deviceCookie(req), memberId))
      await this.changes.notifyNow({ memberId, kind: 'device' });
    // On a shared device, other users must not count as known to the account.
    if (!isShared) await this.know(req, res, memberId);
  }

  /** Continues the session under a new token after the owner confirmed their identity. */
  async reauthenticate(req: Request, res: Response, viewer: Viewer): Promise<void> {
    const token = await this.sessions.reauthenticate(viewer.sessionId);
    this.giveToken(req, res, token, viewer.sharedDevice);
  }

  /**
   * Signs a new member in, in the browser in which they signed up.
   * @returns the viewer from now on
   */
  async arrive(req: Request, res: Response, memberId: string): Promise<Viewer> {
    const shared = this.layout.isSharedDevice(req);
    if (!shared) await this.know(req, res, memberId);
    const token = await this.sessions.open(memberId, deviceName(req.headers['user-agent']), shared);
    this.giveToken(req, res, token, shared);
    const viewer = await this.sessions.viewerOf(token);
    if (viewer === null) throw new Error('a session that was opened is not found');
    return viewer;
  }

  /**
   * Marks the device as shared: the session ends with the browser, and the browser is no longer
   * known.
   */
  async share(req: Request, res: Response, sessionId: string): Promise<void> {
    await this.sessions.share(sessionId);
    const token = this.token(req);
    if (token !== undefined) this.giveToken(req, res, token, true);
    dropCookie(res, this.config, DEVICE_COOKIE);
  }

  /** Marks this browser as known to the account. */
  async know(req: Request, res: Response, memberId: string): Promise<void> {
    const cookie = await this.devices.remember(this.deviceCookie(req), memberId);
    setCookie(res, this.config, DEVICE_COOKIE, cookie, { days: DEVICE_DAYS });
  }

  /**
   * @returns the key under which this browser's attempts are counted, or null for an unknown
   *   browser
   */
  deviceFor(req: Request, email: string): Promise<string | null> {
    return this.devices.deviceOf(this.deviceCookie(req), email);
  }

  async end(req: Request, res: Response): Promise<void> {
    await this.sessions.end(this.token(req));
    if (req.viewer?.sharedDevice === true) {
      dropCookie(res, this.config, DEVICE_COOKIE);
      res.setHeader('Clear-Site-Data', '"cache", "storage"');
    }
    dropCookie(res, this.config, 'session');
    dropCookie(res, this.config, SHARED_COOKIE);
    dropCookie(res, this.config, 'guest');
    dropCookie(res, this.config, ARRIVAL_COOKIE);
    req.viewer = null;
  }

  /** Removes everything from the browser that shows that someone was here. */
  async leave(req: Request, res: Response): Promise<void> {
    dropCookie(res, this.config, DEVICE_COOKIE);
    await this.end(req, res);
  }

  private giveToken(req: Request, res: Response, token: string, shared: boolean): void {
    const life = shared ? { session: true as const } : { days: SESSION_DAYS };
    setCookie(res, this.config, 'session', token, life);
    if (shared) setCookie(res, this.config, SHARED_COOKIE, 'on', { session: true });
    else if (readCookie(req, cookieName(this.config, SHARED_COOKIE)) !== undefined)
      dropCookie(res, this.config, SHARED_COOKIE);
    // The rest of this response is rendered with the new session.
    const name = cookieName(this.config, 'session');
    req.headers.cookie = `${req.headers.cookie ?? ''}; ${name}=${token}`;
  }

  private token(req: Request): string | undefined {
    return readCookie(req, cookieName(this.config, 'session'));
  }

  private deviceCookie(req: Request): string | undefined {
    return readCookie(req, cookieName(this.config, DEVICE_COOKIE));
  }
}
