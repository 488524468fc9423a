import { formView, type FormView } from '../http/form-page.js';
import { idempotencyKeyOf } from '../http/form-values.js';
import type { InvalidForm } from '../http/form.js';
import { tickOptions, type TickOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import { FEED_SCOPES } from './feed-scope.js';
import type { PrivateFeedRow } from './private-feeds.queries.js';

export interface PrivateFeedsView {
  feeds: { id: string; name: string; what: string; used: string }[];
  form: FormView;
  idempotencyKey: string;
  scopes: TickOption[];
  titles: boolean;
  /** On a shared device no feed can be created. */
  shared: boolean;
}

export function privateFeedsView(
  rows: readonly PrivateFeedRow[],
  shared: boolean,
  i18n: Translator,
  faulty?: InvalidForm,
): PrivateFeedsView {
  const form = formView(i18n, faulty, { scope: 'communities' });
  return {
    feeds: rows.map((row) => ({
      id: row.id,
      name: row.name,
      what: i18n.t(`feeds.what.${row.scope}-${row.titles ? 'titles' : 'neutral'}`),
      used:
        row.lastUsedAt === null
          ? i18n.t('feeds.unused', { since: i18n.date(row.createdAt) })
          : i18n.t('feeds.used', { when: i18n.when(row.lastUsedAt) }),
    })),
    form,
    idempotencyKey: idempotencyKeyOf(form.values),
    scopes: tickOptions(FEED_SCOPES, form.values.scope, (scope) => i18n.t(`feeds.scope.${scope}`)),
    titles: form.values.titles === 'on',
    shared,
  };
}
