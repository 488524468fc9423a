import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { AppError, NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import { devicesOf, subscribe, trim, unsubscribe, type DeviceRow } from './push.queries.js';
import { PushSender } from './push-sender.js';

/** Maximum number of browsers per member; the oldest is removed. */
const MAX_BROWSERS = 20;

/** The browsers on which a member gets notifications. Each is deleted with its session. */
@Injectable()
export class PushDevices {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly sender: PushSender,
  ) {}

  of(memberId: string): Promise<DeviceRow[]> {
    return this.sql.rows(devicesOf, { memberId, now: this.clock.now() });
  }

  /**
   * @param endpoint of the browser, from its push service
   * @throws AppError for a shared device, and for an endpoint that does not belong to a push
   *   service
   */
  async add(viewer: Viewer, endpoint: string, device: string): Promise<void> {
    if (viewer.sharedDevice) throw new AppError(422, 'notifications.devices.shared');
    if (!this.sender.accepts(endpoint)) throw new AppError(422, 'notifications.devices.unknown');
    const { memberId, sessionId } = viewer;
    const now = this.clock.now();
    await this.database.inTransaction(async (tx) => {
      await this.sql.rowsIn(tx, subscribe, { memberId, sessionId, endpoint, device, now });
      await this.sql.rowsIn(tx, trim, { memberId, most: MAX_BROWSERS });
    });
  }

  /** @throws NotFound for a browser that is not the member's */
  async remove(memberId: string, id: string): Promise<void> {
    const [removed] = await this.sql.rows(unsubscribe, { memberId, id });
    if (removed === undefined) throw new NotFound();
  }
}
