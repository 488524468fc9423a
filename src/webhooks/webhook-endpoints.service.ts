import { Injectable } from '@nestjs/common';
import { requireAdmin } from '../http/guards.js';
import type { Viewer } from '../http/viewer.js';
import { Clock, DAY, later } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Database, type Tx } from '../kernel/database.js';
import { FieldError, NotFound } from '../kernel/errors.js';
import { executeIn, findIn, getIn, queryIn, Sql } from '../kernel/sql.js';
import { AuditLog, type AuditAction } from '../review/audit-log.js';
import type { SealedText } from '../vault/encryption.js';
import { webhookAddress } from './webhook-address.js';
import { WebhookKeys } from './webhook-keys.js';
import type { IdempotentForm } from '../http/fields.js';
import type { EndpointForm } from './webhooks.dto.js';
import {
  deliveries,
  endpoints,
  replay,
  type DeliveryRow,
  type EndpointRow,
} from './webhooks.queries.js';
import { Webhooks } from './webhooks.service.js';

/** After a rotation both keys sign for a day, so that receivers have time to switch. */
const OVERLAP = DAY;
const MAX_ENDPOINTS = 20;

/**
 * Lets administrators manage webhooks. Each change is recorded in the audit log, with ids and
 * kinds.
 */
@Injectable()
export class WebhookEndpoints {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly keys: WebhookKeys,
    private readonly webhooks: Webhooks,
    private readonly auditLog: AuditLog,
  ) {}

  async overview(): Promise<{ endpoints: EndpointRow[]; deliveries: DeliveryRow[] }> {
    return {
      endpoints: await this.sql.rows(endpoints),
      deliveries: await this.sql.rows(deliveries),
    };
  }

  /**
   * @returns the signing key, shown again only if the same form is submitted twice
   * @throws FieldError if webhooks cannot be sent to the URL, or there are too many endpoints
   */
  async add(
    viewer: Viewer,
    form: Pick<EndpointForm, 'address' | 'events'> & Partial<IdempotentForm>,
  ): Promise<string> {
    this.require(viewer);
    const url = webhookAddress(form.address, this.config);
    if (url === null) throw new FieldError('address', 'webhooks.error.address');
    const now = this.clock.now();
    const submitted = {
      memberId: viewer.memberId,
      what: 'webhook-added',
      key: form.idempotencyKey ?? '',
      words: [url.href, form.events],
    };
    return this.database.inTransaction((tx) =>
      this.keys.runWithNew(tx, submitted, null, now, async (key) => {
        await executeIn(tx, 'lock table webhook_endpoints in share row exclusive mode');
        const { count } = await getIn<{ count: number }>(
          tx,
          'select count(*)::int as count from webhook_endpoints',
        );
        if (count >= MAX_ENDPOINTS) throw new FieldError('address', 'webhooks.error.many');
        const { id } = await getIn<{ id: string }>(
          tx,
          `
            insert into webhook_endpoints (address, events, sealed, sealed_by, created_at)
            values (:address, :events, :sealed, :sealedBy, :now)
            returning id
          `,
          { address: url.href, events: form.events, ...this.keys.seal(key), now },
        );
        await this.log(tx, viewer, 'webhook.added', { endpoint: id, events: form.events });
      }),
    );
  }

  /**
   * A second rotation would drop the key that receivers still use, so a form that is submitted twice
   * rotates once.
   * @returns the new signing key; the previous one also signs for a day
   * @throws NotFound if there is no such endpoint
   */
  async rotate(viewer: Viewer, id: string, form: Partial<IdempotentForm> = {}): Promise<string> {
    this.require(viewer);
    const now = this.clock.now();
    const submitted = {
      memberId: viewer.memberId,
      what: 'webhook-key',
      key: form.idempotencyKey ?? '',
      words: [id],
    };
    return this.database.inTransaction((tx) =>
      this.keys.runWithNew(tx, submitted, id, now, async (key) => {
        const before = await findIn<SealedText>(
          tx,
          `
            select sealed, sealed_by as "sealedBy"
            from webhook_endpoints
            where id = :id
            for update
          `,
          { id },
        );
        if (before === null) throw new NotFound();
        await executeIn(
          tx,
          `
            update webhook_endpoints
            set sealed = :sealed, sealed_by = :sealedBy, previous_sealed = :previous,
              previous_sealed_by = :previousBy, previous_until = :until
            where id = :id
          `,
          {
            id,
            ...this.keys.seal(key),
            previous: before.sealed,
            previousBy: before.sealedBy,
            until: later(now, OVERLAP),
          },
        );
        await this.log(tx, viewer, 'webhook.key-changed', { endpoint: id });
      }),
    );
  }

  /**
   * Nothing is sent to a disabled endpoint; pending deliveries are sent once it is enabled again.
   */
  async setActive(viewer: Viewer, id: string, active: boolean): Promise<void> {
    this.require(viewer);
    await this.database.inTransaction(async (tx) => {
      const changed = await executeIn(
        tx,
        'update webhook_endpoints set active = :active where id = :id and active <> :active',
        { id, active },
      );
      if (changed === 0) return;
      if (active) {
        const waiting = await queryIn<{ id: string }>(
          tx,
          `select id from webhook_deliveries where endpoint_id = :id and state = 'waiting'`,
          { id },
        );
        await this.webhooks.announce(tx, waiting);
      }
      await this.log(tx, viewer, active ? 'webhook.turned-on' : 'webhook.turned-off', {
        endpoint: id,
      });
    });
  }

  /** Removes an endpoint and its deliveries. */
  async remove(viewer: Viewer, id: string): Promise<void> {
    this.require(viewer);
    await this.database.inTransaction(async (tx) => {
      const removed = await executeIn(tx, 'delete from webhook_endpoints where id = :id', { id });
      if (removed > 0) await this.log(tx, viewer, 'webhook.removed', { endpoint: id });
    });
  }

  /** Replays a delivery. @returns how many are sent: 1, or 0 if it is not settled */
  replay(viewer: Viewer, deliveryId: string): Promise<number> {
    return this.replayRows(viewer, { deliveryId, failedOf: null });
  }

  /** Replays all failed deliveries of an endpoint. @returns how many */
  replayFailed(viewer: Viewer, endpointId: string): Promise<number> {
    return this.replayRows(viewer, { deliveryId: null, failedOf: endpointId });
  }

  /** Re-encrypts the signing keys after a change of the key. @returns how many */
  async sealAllAnew(): Promise<number> {
    const rows = await this.database.inTransaction((tx) =>
      queryIn<SealedText & { id: string }>(
        tx,
        'select id, sealed, sealed_by as "sealedBy" from webhook_endpoints',
      ),
    );
    let count = 0;
    for (const row of rows.filter((each) => !this.keys.isCurrent(each))) {
      const key = this.keys.open(row);
      if (key === null) continue;
      count += await this.database.inTransaction((tx) =>
        executeIn(
          tx,
          `
            update webhook_endpoints
            set sealed = :sealed, sealed_by = :sealedBy
            where id = :id and sealed_by = :before
          `,
          { id: row.id, before: row.sealedBy, ...this.keys.seal(key) },
        ),
      );
    }
    return count;
  }

  private async replayRows(
    viewer: Viewer,
    which: { deliveryId: string | null; failedOf: string | null },
  ): Promise<number> {
    this.require(viewer);
    return this.database.inTransaction(async (tx) => {
      const rows = await this.sql.rowsIn(tx, replay, which);
      await this.webhooks.announce(tx, rows);
      if (rows.length > 0) await this.log(tx, viewer, 'webhook.replayed', { count: rows.length });
      return rows.length;
    });
  }

  private require(viewer: Viewer): void {
    requireAdmin(viewer);
    if (this.config.WEBHOOKS === 'off') throw new NotFound();
  }

  private async log(
    tx: Tx,
    viewer: Viewer,
    action: AuditAction,
    detail: Record<string, unknown>,
  ): Promise<void> {
    await this.auditLog.write(tx, viewer.memberId, { action, detail });
  }
}
