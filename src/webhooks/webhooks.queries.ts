import { statement, type NoParams } from '../kernel/sql.js';
import type { Fault } from './webhook-sender.js';
import type { WebhookType } from './webhook-types.js';

export interface EndpointRow {
  id: string;
  address: string;
  events: WebhookType[];
  active: boolean;
  previousUntil: Date | null;
}

export const endpoints = statement<NoParams, EndpointRow>(
  'webhooks.endpoints',
  `
    select id, address, events, active, previous_until as "previousUntil"
    from webhook_endpoints
    order by id
  `,
);

/** Creates a delivery of the message for each subscribed endpoint. Idempotent. */
export const queueMessage = statement<
  { type: WebhookType; key: string; body: string; now: Date },
  { id: string }
>(
  'webhooks.queue',
  `
    insert into webhook_deliveries (endpoint_id, message_key, type, body, created_at)
    select e.id, :key, :type, :body, :now
    from webhook_endpoints e
    where e.active and :type = any(e.events)
    order by e.id
    on conflict (endpoint_id, message_key)
    do nothing
    returning id
  `,
);

export interface DueDelivery {
  id: string;
  endpointId: string;
  body: string;
  address: string;
  sealed: Buffer;
  sealedBy: string;
  previousSealed: Buffer | null;
  previousSealedBy: string | null;
}

/**
 * Counts an attempt. No row if the delivery is settled or its endpoint disabled. `resting`: the
 * endpoint timed out within the last minute, and is skipped for now (a circuit breaker).
 */
export const beginAttempt = statement<
  { deliveryId: string; now: Date },
  DueDelivery & { attempts: number; resting: boolean }
>(
  'webhooks.begin-attempt',
  `
    update webhook_deliveries d
    set attempts = d.attempts + 1,
      attempted_at = case when r.resting then d.attempted_at else :now end
    from webhook_endpoints e
    cross join lateral (
      select exists (
        select 1
        from webhook_deliveries x
        where x.endpoint_id = e.id
          and x.fault = 'time'
          and x.attempted_at > :now::timestamptz - interval '1 minute'
      ) as resting
    ) r
    where d.id = :deliveryId and d.state = 'waiting' and e.id = d.endpoint_id and e.active
    returning d.id, e.id as "endpointId", d.body, d.attempts, r.resting, e.address, e.sealed,
      e.sealed_by as "sealedBy",
      case when e.previous_until > :now then e.previous_sealed end as "previousSealed",
      case when e.previous_until > :now then e.previous_sealed_by end as "previousSealedBy"
  `,
);

export const endAttempt = statement<
  {
    deliveryId: string;
    state: 'waiting' | 'delivered' | 'failed';
    status: number | null;
    fault: Fault | 'key' | null;
    now: Date;
  },
  object
>(
  'webhooks.end-attempt',
  `
    update webhook_deliveries
    set state = :state, status = :status, fault = :fault,
      settled_at = case when :state <> 'waiting' then :now::timestamptz end
    where id = :deliveryId and state = 'waiting'
  `,
);

/** Makes settled deliveries due again, with the same id and body. */
export const replay = statement<
  { deliveryId: string | null; failedOf: string | null },
  { id: string }
>(
  'webhooks.replay',
  `
    update webhook_deliveries d
    set state = 'waiting', attempts = 0, status = null, fault = null, settled_at = null
    from webhook_endpoints e
    where e.id = d.endpoint_id
      and e.active
      and d.state <> 'waiting'
      and (d.id = :deliveryId or (d.endpoint_id = :failedOf and d.state = 'failed'))
    returning d.id
  `,
);

export interface DeliveryRow {
  id: string;
  endpointId: string;
  type: WebhookType;
  state: 'waiting' | 'delivered' | 'failed';
  attempts: number;
  status: number | null;
  fault: Fault | 'key' | null;
  createdAt: Date;
  active: boolean;
}

const MAX_DELIVERIES_SHOWN = 50;

/** The newest deliveries, failed ones first. */
export const deliveries = statement<NoParams, DeliveryRow>(
  'webhooks.deliveries',
  `
    select d.id, d.endpoint_id as "endpointId", d.type, d.state, d.attempts, d.status, d.fault,
      d.created_at as "createdAt", e.active
    from webhook_deliveries d
    join webhook_endpoints e on e.id = d.endpoint_id
    order by d.state = 'failed' desc, d.id desc
    limit ${MAX_DELIVERIES_SHOWN}
  `,
);
