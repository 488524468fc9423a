import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock, MINUTE } from '../kernel/clock.js';
import { describeError, Logger } from '../kernel/logger.js';
import { outsideRequest } from '../kernel/request-reads.js';
import { Sql, statement, type NoParams } from '../kernel/sql.js';

/**
 * What administrators set on a page, while the site runs. Everything else is in the environment.
 */
export interface Settings {
  /** One line above every page; '' for none. */
  announcement: string;
  signUpsOpen: boolean;
  groupRequestsOpen: boolean;
}

export const DEFAULTS: Settings = { announcement: '', signUpsOpen: true, groupRequestsOpen: true };

/** A plan to close the whole site down. */
export interface SiteClosing {
  readOnlyAt: Date;
  wipeAt: Date;
  /** Everything was wiped: a notice is all that is left. */
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
 * Kept in memory: pages never wait for it, and another process hears of a change within this time.
 */
const FRESH = MINUTE / 2;

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

  /** As they were within the last half minute; while the database is away, as they were before. */
  get current(): Settings {
    this.keepFresh();
    return this.settings;
  }

  private keepFresh(): void {
    if (this.clock.ms() - this.readAt > FRESH) void this.refresh();
  }

  /** The plan to close the site down, as fresh as `current`; null where there is none. */
  get siteClosing(): SiteClosing | null {
    this.keepFresh();
    return this.closing;
  }

  /** Whether nothing new may be written for others, as the site closes down. */
  get isReadOnly(): boolean {
    const { siteClosing } = this;
    return siteClosing !== null && siteClosing.readOnlyAt <= this.clock.now();
  }

  /** Whether somebody new may join; nobody does while the site is about to close. */
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
