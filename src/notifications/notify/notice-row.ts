import type { Statement } from '../../kernel/sql.js';
import type { EventRoute } from '../../outbox/event-route.js';
import type { EventDefinition, EventIds } from '../../outbox/outbox.js';
import type { JobLabel } from '../../queue/job.js';
import type { QueueName } from '../../queue/queues.js';
import type { NoticeKindName } from '../preferences/notice-kinds.js';
import type { Recipient, RecipientOfKind } from './recipient.js';

/** A row of the notify table, as its runner and the event routes need it. */
export interface NoticeRow {
  readonly label: JobLabel;
  readonly route: EventRoute;
  readonly recipients: Statement<object, Recipient & { readonly kind?: NoticeKindName }>;
  /** The kind of all notices of this row; null where each recipient's row names it. */
  readonly kind: NoticeKindName | null;
  /** Removes earlier notices that the new one replaces. */
  readonly supersedes: Statement<object, object> | null;
}

/** Either one kind for all recipients, or a query that names the kind of each. */
type Kinds<Params extends object> =
  | { readonly kind: NoticeKindName; readonly recipients: Statement<Params, Recipient> }
  | { readonly kind?: undefined; readonly recipients: Statement<Params, RecipientOfKind> };

/**
 * Declares what an event notifies members of. The compiler refuses a query with a parameter that
 * the event does not carry.
 * @param job stays the same forever: jobs of an earlier version wait under it in the store
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
