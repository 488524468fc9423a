import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { Config } from '../kernel/config.js';
import { cookieName, readCookie } from './cookies.js';
import { DISPLAY_COOKIE, displayCookie, displayOf, Layout, NOTICE_COOKIE } from './layout.js';
import { readerCountry } from './reader-country.js';
import { OWN_WRITES_COOKIE } from './replica-reads.js';
import { SiteSettings } from './site-settings.js';

/** Only robots request longer URLs. */
const MAX_ADDRESS_LENGTH = 200;

/**
 * Computes the cache key of a response to a guest: everything about the request that pages or the
 * layout may read, in addition to the database. `test/public-pages.e2e-spec.ts` verifies that
 * nothing is missing.
 */
@Injectable()
export class PageVariety {
  private readonly personal: readonly string[];

  constructor(
    private readonly config: Config,
    private readonly layout: Layout,
    private readonly settings: SiteSettings,
  ) {
    this.personal = ['session', NOTICE_COOKIE, OWN_WRITES_COOKIE].map((name) =>
      cookieName(config, name),
    );
  }

  /**
   * @returns the same key for requests with identical responses; null if the response may be
   *   personal, or the site is about to close
   */
  of(req: Request): string | null {
    const { config, layout } = this;
    if (req.method !== 'GET' || req.originalUrl.length > MAX_ADDRESS_LENGTH) return null;
    if (this.personal.some((name) => readCookie(req, name) !== undefined)) return null;
    if (this.settings.siteClosing !== null) return null;
    const country = readerCountry(req, config);
    const display = displayOf(readCookie(req, cookieName(config, DISPLAY_COOKIE)));
    return [
      layout.localeOf(req),
      country.code,
      country.by,
      displayCookie(display),
      layout.isSharedDevice(req) ? 'shared' : 'own',
      req.originalUrl,
    ].join(' ');
  }
}
