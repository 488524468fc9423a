import type { Statement } from '../../kernel/sql.js';
import type { EventRoute } from '../../outbox/event-route.js';
import type { EventDefinition, EventIds } from '../../outbox/outbox.js';
import type { JobLabel } from '../../queue/job.js';
import type { QueueName } from '../../queue/queues.js';
import type { NoticeKindName } from '../preferences/notice-kinds.js';
import type { Recipient, RecipientOfKind } from './recipient.js';

/** A row of the notify table, as needed by its runner and the event routes. */
export interface NoticeRow {
  readonly label: JobLabel;
  readonly route: EventRoute;
  readonly recipients: Statement<object, Recipient & { readonly kind?: NoticeKindName }>;
  /** The kind of all notices of this row; null if the query returns a kind per recipient. */
  readonly kind: NoticeKindName | null;
  /** Deletes earlier notices that the new one replaces. */
  readonly supersedes: Statement<object, object> | null;
}

/** Either one kind for all recipients, or a query that returns a kind per recipient. */
type Kinds<Params extends object> =
  | { readonly kind: NoticeKindName; readonly recipients: Statement<Params, Recipient> }
  | { readonly kind?: undefined; readonly recipients: Statement<Params, RecipientOfKind> };

/**
 * Declares the notices that an event causes. A query with a parameter that the event lacks does not
 * compile.
 * @param job must never change: jobs added by an earlier version may wait under it
 */
export function notice<
  Params extends object,
  Superseded extends object,
  Ids extends EventIds & Params & Superseded,
>(
  row: {
    readonly event: EventDefinition<Ids>;
    readonly job: string;
    readonly queue?: QueueName;
    readonly supersedes?: Statement<Superseded, object>;
  } & Kinds<Params>,
): NoticeRow {
  const label = { name: row.job, queue: row.queue ?? 'default' };
  return {
    label,
    route: { event: row.event.eventName, jobs: [label] },
    recipients: row.recipients,
    kind: row.kind ?? null,
    supersedes: row.supersedes ?? null,
  };
}
