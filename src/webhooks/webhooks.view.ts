import { formView, type FormView } from '../http/form-page.js';
import { idempotencyKeyOf } from '../http/form-values.js';
import type { InvalidForm } from '../http/form.js';
import { tickOptions, type TickOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import { WEBHOOK_TYPES } from './webhook-types.js';
import type { DeliveryRow, EndpointRow } from './webhooks.queries.js';

interface EndpointItem {
  id: string;
  address: string;
  events: string;
  active: boolean;
  /** Until when the previous key also signs; null if none does. */
  rotating: string | null;
  failed: boolean;
}

interface DeliveryItem {
  id: string;
  what: string;
  endpoint: string;
  state: string;
  failed: boolean;
  mayReplay: boolean;
  when: string;
}

export interface WebhooksView {
  off: boolean;
  endpoints: EndpointItem[];
  deliveries: DeliveryItem[];
  form: FormView;
  /** For each form that creates a key. */
  idempotencyKey: string;
  events: TickOption[];
}

export function webhooksView(
  overview: { endpoints: EndpointRow[]; deliveries: DeliveryRow[] },
  { off, now }: { off: boolean; now: Date },
  i18n: Translator,
  faulty?: InvalidForm,
): WebhooksView {
  const form = formView(i18n, faulty);
  const type = (name: string): string => i18n.t(`webhooks.type.${name}`);
  const addresses = new Map(overview.endpoints.map(({ id, address }) => [id, address]));
  return {
    off,
    endpoints: overview.endpoints.map((row) => ({
      id: row.id,
      address: row.address,
      events: i18n.list(row.events.map(type)),
      active: row.active,
      rotating:
        row.previousUntil !== null && row.previousUntil > now
          ? i18n.t('webhooks.rotating', { until: i18n.deadline(row.previousUntil) })
          : null,
      failed: overview.deliveries.some(
        ({ endpointId, state }) => endpointId === row.id && state === 'failed',
      ),
    })),
    deliveries: overview.deliveries.map((row) => ({
      id: row.id,
      what: type(row.type),
      endpoint: addresses.get(row.endpointId) ?? '',
      state: stateText(row, i18n),
      failed: row.state === 'failed',
      mayReplay: row.active && row.state !== 'waiting',
      when: i18n.exactly(row.createdAt),
    })),
    form,
    idempotencyKey: idempotencyKeyOf(form.values),
    events: tickOptions(WEBHOOK_TYPES, form.values.events, type),
  };
}

function stateText({ state, attempts, status, fault }: DeliveryRow, i18n: Translator): string {
  const answer =
    status !== null
      ? i18n.t('webhooks.answered', { status })
      : fault !== null
        ? i18n.t(`webhooks.fault.${fault}`)
        : '';
  const tried = attempts === 0 ? '' : i18n.t('webhooks.attempts', { count: attempts });
  return [i18n.t(`webhooks.state.${state}`), answer, tried].filter((each) => each !== '').join(' ');
}
