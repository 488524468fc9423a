import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Database, type Tx } from '../kernel/database.js';
import { executeIn, Sql } from '../kernel/sql.js';
import { Outbox } from '../outbox/outbox.js';
import { ATTEMPTS } from '../queue/queues.js';
import { MESSAGES } from './messages.queries.js';
import { isAllowedAddress, webhookAddress } from './webhook-address.js';
import { WebhookKeys } from './webhook-keys.js';
import { postWebhook, type Outcome } from './webhook-sender.js';
import { signatureHeaders } from './webhook-signature.js';
import type { WebhookType } from './webhook-types.js';
import { webhookDue } from './webhooks.events.js';
import { beginAttempt, endAttempt, queueMessage, type DueDelivery } from './webhooks.queries.js';

/** The endpoint is permanently gone (RFC 9110, 15.5.11; Standard Webhooks). */
const GONE = 410;

/** Queues events for each subscribed endpoint, and sends them. */
@Injectable()
export class Webhooks {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly outbox: Outbox,
    private readonly keys: WebhookKeys,
  ) {}

  /** Queues the messages of an event. @param id of the report, decision or alarm */
  async queue(type: WebhookType, id: string): Promise<void> {
    if (this.off) return;
    const messages = await this.sql.rows(MESSAGES[type], { id });
    await this.database.inTransaction(async (tx) => {
      for (const { key, at, data } of messages) {
        const body = JSON.stringify({ type, timestamp: at.toISOString(), data });
        const now = this.clock.now();
        await this.announce(tx, await this.sql.rowsIn(tx, queueMessage, { type, key, body, now }));
      }
    });
  }

  /**
   * Makes one attempt at a delivery; a no-op if it is settled.
   * @throws Error if it was not accepted, so that the queue retries later
   */
  async send(deliveryId: string): Promise<void> {
    if (this.off) return;
    const due = await this.sql.first(beginAttempt, { deliveryId, now: this.clock.now() });
    if (due === null) return;
    // Deliveries to a host that never responds would otherwise occupy all workers.
    const outcome = due.resting ? ({ fault: 'time' } as const) : await this.attempt(due);
    const status = 'status' in outcome ? outcome.status : null;
    const fault = 'fault' in outcome ? outcome.fault : null;
    const delivered = status !== null && status >= 200 && status < 300;
    const over = status === GONE || due.attempts >= ATTEMPTS;
    const state = delivered ? 'delivered' : over ? 'failed' : 'waiting';
    await this.database.inTransaction(async (tx) => {
      const now = this.clock.now();
      await this.sql.rowsIn(tx, endAttempt, { deliveryId, state, status, fault, now });
      if (status === GONE)
        await executeIn(tx, 'update webhook_endpoints set active = false where id = :id', {
          id: due.endpointId,
        });
    });
    if (state === 'waiting') throw new Error(`a webhook was not taken: ${status ?? fault ?? ''}`);
  }

  /** Enqueues deliveries in the transaction that made them due. */
  async announce(tx: Tx, rows: readonly { id: string }[]): Promise<void> {
    for (const { id } of rows) await this.outbox.append(tx, webhookDue({ deliveryId: id }));
  }

  private get off(): boolean {
    return this.config.WEBHOOKS === 'off';
  }

  private async attempt(due: DueDelivery): Promise<Outcome | { readonly fault: 'key' }> {
    const { previousSealed, previousSealedBy } = due;
    const sealed = [
      due,
      ...(previousSealed === null || previousSealedBy === null
        ? []
        : [{ sealed: previousSealed, sealedBy: previousSealedBy }]),
    ];
    const keys = sealed.map((each) => this.keys.open(each)).filter((key) => key !== null);
    if (keys.length === 0) return { fault: 'key' };
    // The settings may have changed since the URL was entered.
    const url = webhookAddress(due.address, this.config);
    if (url === null) return { fault: 'address' };
    const headers = signatureHeaders(`msg_${due.id}`, this.clock.now(), due.body, keys);
    return postWebhook(url, headers, due.body, (address) => isAllowedAddress(address, this.config));
  }
}
