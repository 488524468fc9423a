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

const all = statement<NoParams, { key: string; value: unknown }>(
  'http.site-settings',
  'select key, value from site_settings',
);

/**
 * Kept in memory: pages never wait for it, and another process hears of a change within this time.
 */
const FRESH = MINUTE / 2;

@Injectable()
export class SiteSettings implements OnModuleInit {
  private settings = DEFAULTS;
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
    if (this.clock.ms() - this.readAt > FRESH) void this.refresh();
    return this.settings;
  }

  async refresh(): Promise<void> {
    this.readAt = this.clock.ms();
    try {
      const rows = await outsideRequest(() => this.sql.rows(all));
      const known = rows.filter(
        ({ key, value }) =>
          key in DEFAULTS && typeof value === typeof DEFAULTS[key as keyof Settings],
      );
      this.settings = {
        ...DEFAULTS,
        ...Object.fromEntries(known.map(({ key, value }) => [key, value])),
      };
    } catch (error) {
      this.logger.warn('the site settings stay as they were', describeError(error));
    }
  }
}
