import { RetryLater } from '../kernel/errors.js';

/**
 * The outcome of an email: `claimed-elsewhere` if another worker holds it, `waiting` for a retry,
 * `refused` permanently, also because the member's emails are suppressed.
 */
export type DeliveryStatus = 'sent' | 'refused' | 'waiting' | 'claimed-elsewhere';

/** What became of an email in one run. */
export interface Delivery {
  readonly status: DeliveryStatus;
  /** Earliest time of the next attempt, if it waits or another worker holds it. */
  readonly retryAt?: Date | null;
}

/**
 * The outcomes of emails by key, in the order of the emails. That one was sent is recorded while the
 * next one is attempted, so `deliveries` may be in another order.
 */
export function statusesInOrder(
  emails: readonly { readonly key: string }[],
  deliveries: ReadonlyMap<string, Delivery>,
): Map<string, DeliveryStatus> {
  return new Map(
    emails.flatMap(({ key }) => {
      const delivery = deliveries.get(key);
      return delivery === undefined ? [] : [[key, delivery.status] as const];
    }),
  );
}

/**
 * Thrown if this email has to wait: the server deferred it, or the rate limit of its domain is
 * reached.
 */
export class MailWaits extends RetryLater {}

/** Thrown while another worker holds this email; the job runs again when the lease expires. */
export class MailInFlight extends RetryLater {}
