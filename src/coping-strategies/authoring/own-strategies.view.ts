import { withoutQuotes } from '../../content/markdown.js';
import { formView } from '../../http/form-page.js';
import { idempotencyKeyOf } from '../../http/form-values.js';
import type { InvalidForm, Values } from '../../http/form.js';
import type { Translator } from '../../i18n/translator.js';
import { postPath } from '../../posts/post-address.js';
import { detectNeeds } from '../tagging/need-detection.js';
import { EDITABLE_STATUSES } from './own-strategies.service.js';
import type { StrategyRequestRow, OwnRow, StrategyEditRow } from './own-strategies.queries.js';
import { strategyFormView, valuesOfStrategy, type StrategyFormView } from './strategy-form.view.js';

interface OwnStrategiesView {
  strategies: (Omit<OwnRow, 'status'> & {
    /** The status in words. */
    status: string;
    href: string | null;
    edit: string | null;
    withdraw: string | null;
    when: string;
  })[];
  asks: (StrategyRequestRow & { post: string; page: string })[];
}

interface NewStrategyView extends StrategyFormView {
  action: string;
  /** The name to credit; null if the member removed it from the post. */
  name: string | null;
  credited: boolean;
  consent: boolean;
  idempotencyKey: string;
  /** Set only if the strategy is made from a post. */
  back?: string;
  fromPost?: boolean;
}

interface EditStrategyView extends StrategyFormView {
  action: string;
  /** The moderator's note. */
  note: string;
  version: string | string[] | number;
}

export function ownStrategiesView(
  rows: readonly OwnRow[],
  asks: readonly StrategyRequestRow[],
  i18n: Translator,
): OwnStrategiesView {
  return {
    strategies: rows.map((row) => {
      const isWithdrawn = row.status === 'withdrawn';
      const isEditable = EDITABLE_STATUSES.includes(row.status) && row.withdrawnBy !== 'staff';
      return {
        ...row,
        status: i18n.t(
          isWithdrawn
            ? `strategies.own.withdrawn-${row.withdrawnBy ?? 'staff'}`
            : `strategies.own.${row.status}`,
        ),
        href: isWithdrawn ? null : `/strategies/${row.slug}`,
        edit: isEditable ? `/strategies/${row.slug}/edit` : null,
        withdraw: isWithdrawn ? null : `/strategies/${row.slug}/withdraw`,
        when: i18n.when(row.updatedAt),
      };
    }),
    asks: asks.map((ask) => ({
      ...ask,
      title: ask.title === '' ? i18n.t('threads.away') : ask.title,
      post: postPath(ask.threadId, ask.number),
      page: `/posts/${ask.postId}/strategies`,
    })),
  };
}

/** The empty form, or a rejected one with its errors. @param handle to credit */
export function newStrategyView(
  handle: string,
  i18n: Translator,
  faulty?: InvalidForm,
): NewStrategyView {
  return newFormView('/strategies', handle, { minutes: '5' }, i18n, faulty);
}

/** The form prefilled from a post. Quotes are left out, as they are another member's words. */
export function strategyFromPostView(
  postId: string,
  post: { body: string; name: string | null },
  i18n: Translator,
  faulty?: InvalidForm,
): NewStrategyView {
  const text = withoutQuotes(post.body);
  const stored: Values = {
    minutes: '5',
    steps: text.slice(0, 3_000),
    needs: detectNeeds(text).slice(0, 3),
  };
  return {
    ...newFormView(`/posts/${postId}/make-strategy`, post.name, stored, i18n, faulty),
    back: `/posts/${postId}/strategies`,
    fromPost: true,
  };
}

export function editStrategyView(
  row: StrategyEditRow,
  i18n: Translator,
  faulty?: InvalidForm,
): EditStrategyView {
  const form = formView(i18n, faulty, valuesOfStrategy(row, row.version));
  return {
    ...strategyFormView(form, i18n),
    action: `/strategies/${row.slug}/edit`,
    note: row.note,
    version: form.values.version ?? row.version,
  };
}

function newFormView(
  action: string,
  name: string | null,
  stored: Values,
  i18n: Translator,
  faulty?: InvalidForm,
): NewStrategyView {
  const form = formView(i18n, faulty, stored);
  const { credited, consent } = form.values;
  return {
    ...strategyFormView(form, i18n),
    action,
    name,
    credited: credited !== undefined,
    consent: consent !== undefined,
    idempotencyKey: idempotencyKeyOf(form.values),
  };
}
