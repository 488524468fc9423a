import { readConfig, type Config } from '../../src/kernel/config.js';
import type { Viewer } from '../../src/http/viewer.js';
import { Outbox } from '../../src/outbox/outbox.js';
import { AuditLog } from '../../src/review/audit-log.js';
import { WebhookEndpoints } from '../../src/webhooks/webhook-endpoints.service.js';
import { WebhookKeys } from '../../src/webhooks/webhook-keys.js';
import { WEBHOOK_TYPES } from '../../src/webhooks/webhook-types.js';
import { Webhooks } from '../../src/webhooks/webhooks.service.js';
import { testDatabase, type TestDatabase } from './database.js';
import { viewer } from './viewers.js';
import { httpReceiver, type HttpReceiver } from './http-receiver.js';

export interface WebhookServices {
  readonly webhooks: Webhooks;
  readonly endpoints: WebhookEndpoints;
}

export interface WebhookDelivery {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
  readonly status: number | null;
  readonly fault: string | null;
}

export function webhookConfig(env: Record<string, string> = {}): Config {
  return readConfig({ NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40), WEBHOOKS: 'on', ...env });
}

/** A decision about a post, an administrator, and a local webhook receiver. */
export class WebhookWorld implements WebhookServices {
  readonly webhooks: Webhooks;
  readonly endpoints: WebhookEndpoints;

  private constructor(
    readonly db: TestDatabase,
    readonly receiver: HttpReceiver,
    readonly admin: Viewer,
    readonly caseId: string,
    readonly decisionId: string,
  ) {
    ({ webhooks: this.webhooks, endpoints: this.endpoints } = this.services(webhookConfig()));
  }

  static async create(): Promise<WebhookWorld> {
    const db = await testDatabase();
    db.clock.freeze();
    const memberId = await db.make.member('boss', { role: 'admin' });
    await db.make.community({ slug: 'here' });
    const thread = await db.make.thread({ community: 'here', author: 'author' });
    const post = await db.make.reply({ thread, author: 'author', body: 'Words of somebody' });
    const caseId = await db.make.case({ post, tier: 'urgent' });
    const decisionId = await db.make.decision({ case: caseId, action: 'hide' });
    const admin = viewer({ memberId, role: 'admin' });
    return new WebhookWorld(db, await httpReceiver(), admin, caseId, decisionId);
  }

  services(config: Config): WebhookServices {
    const { database, sql, clock } = this.db;
    const keys = new WebhookKeys(config);
    const webhooks = new Webhooks(database, sql, clock, config, new Outbox(), keys);
    const log = new AuditLog(clock);
    return {
      webhooks,
      endpoints: new WebhookEndpoints(database, sql, clock, config, keys, webhooks, log),
    };
  }

  /** @returns the signing key */
  add(address = this.receiver.url): Promise<string> {
    return this.endpoints.add(this.admin, { address, events: [...WEBHOOK_TYPES] });
  }

  async endpointId(): Promise<string> {
    return (await this.db.make.one<{ id: string }>('select id from webhook_endpoints')).id;
  }

  log(): Promise<WebhookDelivery[]> {
    return this.db.make.all<WebhookDelivery>(
      'select id, state, attempts, status, fault from webhook_deliveries order by id',
    );
  }

  /** Deliveries announced since the last call. */
  async due(): Promise<string[]> {
    const rows = await this.db.make.all<{ id: string }>(
      `delete from outbox where event = 'webhook.due' returning ids->>'deliveryId' as id`,
    );
    return rows.map(({ id }) => id);
  }

  async sendDue(): Promise<void> {
    for (const id of await this.due()) await this.webhooks.send(id);
  }

  /** Removes all endpoints, and resets the receiver to accept everything. */
  async clear(): Promise<void> {
    await this.db.make.rows('delete from webhook_endpoints');
    await this.db.make.rows('delete from outbox');
    this.receiver.answer = 204;
    this.receiver.received = [];
  }

  async close(): Promise<void> {
    await this.receiver.close();
    await this.db.close();
  }
}
