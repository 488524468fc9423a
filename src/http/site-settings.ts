import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, MINUTE } from '../kernel/clock.js';
import { describeError, Logger } from '../kernel/logger.js';
import { outsideRequest } from '../kernel/request-reads.js';
import { Sql, statement, type NoParams } from '../kernel/sql.js';

/**
 * Settings that administrators change on a page while the site runs. All others are environment
 * variables.
 */
export interface Settings {
  /** An announcement above every page; '' if there is none. */
  announcement: string;
  signUpsOpen: boolean;
  groupRequestsOpen: boolean;
}

export const DEFAULTS: Settings = { announcement: '', signUpsOpen: true, groupRequestsOpen: true };

/** A plan to close the whole site. */
export interface SiteClosing {
  readOnlyAt: Date;
  wipeAt: Date;
  /** Whether all data has been deleted; only a notice is left. */
  wiped: boolean;
}

const all = statement<NoParams, { key: string; value: unknown }>(
  'http.site-settings',
  'select key, value from site_settings',
);

const planned = statement<NoParams, SiteClosing>(
  'http.site-closing',
  `
    select read_only_at as "readOnlyAt", wipe_at as "wipeAt", wiped_at is not null as wiped
    from site_closures
    where cancelled_at is null
  `,
);

/**
 * How long settings are cached. Pages never wait for them, and other processes see a change within
 * this time.
 */
const MAX_AGE = MINUTE / 2;

@Injectable()
export class SiteSettings implements OnModuleInit {
  private settings = DEFAULTS;
  private closing: SiteClosing | null = null;
  private readAt = -Infinity;

  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
  }

  /** The settings, at most half a minute old; older while the database is unreachable. */
  get current(): Settings {
    this.keepFresh();
    return this.settings;
  }

  private keepFresh(): void {
    if (this.clock.ms() - this.readAt > MAX_AGE) void this.refresh();
  }

  /** The plan to close the site, as fresh as `current`; null if there is none. */
  get siteClosing(): SiteClosing | null {
    this.keepFresh();
    return this.closing;
  }

  /** Whether publishing is disabled because the site is closing. */
  get isReadOnly(): boolean {
    const { siteClosing } = this;
    return siteClosing !== null && siteClosing.readOnlyAt <= this.clock.now();
  }

  /** Whether new members may join; never while the site is about to close. */
  get canSignUp(): boolean {
    return this.current.signUpsOpen && this.siteClosing === null;
  }

  async refresh(): Promise<void> {
    this.readAt = this.clock.ms();
    try {
      const [rows, [closing]] = await outsideRequest(() =>
        Promise.all([this.sql.rows(all), this.sql.rows(planned)]),
      );
      const known = rows.filter(
        ({ key, value }) =>
          key in DEFAULTS && typeof value === typeof DEFAULTS[key as keyof Settings],
      );
      this.settings = {
        ...DEFAULTS,
        ...Object.fromEntries(known.map(({ key, value }) => [key, value])),
      };
      this.closing = closing ?? null;
    } catch (error) {
      this.logger.warn('the site settings stay as they were', describeError(error));
    }
  }
}
