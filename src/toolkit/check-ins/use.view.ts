import type { FaultyForm } from '../../http/form.js';
import { page, type Page } from '../../http/page.js';
import { NotFound } from '../../kernel/errors.js';
import type { Translator } from '../../i18n/translator.js';
import { scaleOptions } from '../core/scale.view.js';

/** What is being used, from the library or of one's own. */
export interface Used {
  path: string;
  action: string;
  idempotencyKey: string;
  strategyId: string | null;
  itemId: string | null;
  slug: string | null;
  name: string;
  summary: string;
  note: string;
  minutes: number | null;
  steps: string[];
  /** These are the member's own steps. */
  adapted: boolean;
  credit: string | null;
  /**
   * Whether the library's steps are shown instead of one's own; null where there are no own ones.
   */
  original: boolean | null;
}

/** @param step 0 for the way in, a step's number, or the end */
export function usePage(
  used: Used,
  step: number | 'end',
  i18n: Translator,
  member: boolean,
  faulty?: FaultyForm,
): Page {
  const count = used.steps.length;
  if (step !== 'end' && step > count) throw new NotFound();
  const at = (place: number | 'end'): string => {
    const query = [
      ...(used.original === true ? ['original=1'] : []),
      ...(place === 0 ? [] : [`step=${place}`]),
    ];
    return query.length === 0 ? used.path : `${used.path}?${query.join('&')}`;
  };
  const errors = (faulty?.faults ?? []).map(({ field, key, params }) => ({
    field,
    message: i18n.t(key, params),
  }));
  const value = (name: string): string =>
    typeof faulty?.values[name] === 'string' ? faulty.values[name] : '';
  const position = step === 'end' ? count + 1 : step;
  const view = {
    name: used.name,
    member,
    begin: step === 0,
    end: step === 'end',
    summary: used.summary,
    note: used.note,
    minutes: used.minutes === null ? null : i18n.t('toolkit.minutes', { count: used.minutes }),
    timer: used.minutes,
    text: step === 'end' || step === 0 ? null : used.steps[step - 1],
    where:
      step === 'end' || step === 0
        ? null
        : i18n.t('toolkit.use.step', { number: step, last: count }),
    back: position === 0 ? null : at(position === 1 ? 0 : position - 1),
    next: step === 'end' ? null : step === count ? at('end') : at(step + 1),
    lastStep: step === count,
    stop: used.slug === null || used.itemId !== null ? '/toolkit' : `/strategies/${used.slug}`,
    adapted: used.adapted,
    credit: used.adapted ? used.credit : null,
    other:
      used.original === null
        ? null
        : used.original
          ? { href: used.path, label: i18n.t('toolkit.use.mine') }
          : { href: `${used.path}?original=1`, label: i18n.t('toolkit.use.original') },
    save: used.itemId === null && used.slug !== null ? `/strategies/${used.slug}/save` : null,
    action: used.action,
    idempotencyKey: value('idempotencyKey') || used.idempotencyKey,
    form: {
      errors,
      error: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
      values: { note: value('note') },
    },
    before: scaleOptions(i18n, value('before')),
    after: scaleOptions(i18n, value('after')),
    pool: { checked: value('pool') !== '', shown: used.strategyId !== null },
  };
  return page('toolkit/use', view, { status: faulty === undefined ? 200 : 422, title: used.name });
}
