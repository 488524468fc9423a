/** The types of webhook messages. Receivers rely on the names, so they must not change. */
export const WEBHOOK_TYPES = ['report.received', 'decision.made', 'alarm.raised'] as const;
export type WebhookType = (typeof WEBHOOK_TYPES)[number];

/**
 * The payload of one event. `data` contains only ids and kinds: never text that a person wrote, a
 * name or an address.
 */
export interface WebhookMessage {
  /** Deduplication key: an endpoint receives each event once. */
  readonly key: string;
  readonly at: Date;
  readonly data: Readonly<Record<string, string | number | null>>;
}
