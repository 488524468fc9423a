/** What webhooks tell of. The names are part of what receivers rely on: they stay. */
export const WEBHOOK_TYPES = ['report.received', 'decision.made', 'alarm.raised'] as const;
export type WebhookType = (typeof WEBHOOK_TYPES)[number];

/**
 * One event as it is sent. `data` holds ids and kinds alone: never words that a person wrote, a name
 * or an address.
 */
export interface WebhookMessage {
  /** Unique for the event: an endpoint gets it once. */
  readonly key: string;
  readonly at: Date;
  readonly data: Readonly<Record<string, string | number | null>>;
}
