import { formView, type FormView } from '../../http/form-page.js';
import { textOf } from '../../http/form-values.js';
import type { InvalidForm } from '../../http/form.js';
import type { SelectOption } from '../../http/options.js';
import { page, type Page } from '../../http/page.js';
import { NotFound } from '../../kernel/errors.js';
import { capital } from '../../i18n/capital.js';
import type { Translator } from '../../i18n/translator.js';
import { scaleOptions } from '../core/scale.view.js';
import type { Exercise } from './exercises.service.js';

interface UseView {
  name: string;
  member: boolean;
  begin: boolean;
  end: boolean;
  summary: string;
  note: string;
  minutes: string | null;
  timer: number | null;
  /** The step's text; null before the first step and after the last. */
  text: string | null;
  where: string | null;
  back: string | null;
  next: string | null;
  lastStep: boolean;
  stop: string;
  adapted: boolean;
  credit: string | null;
  /** A link that switches between the member's steps and the library's. */
  other: { href: string; label: string } | null;
  save: string | null;
  action: string;
  idempotencyKey: string;
  form: FormView;
  before: SelectOption[];
  after: SelectOption[];
  pool: { checked: boolean; shown: boolean };
}

/**
 * @param step 0 for the page before the first step, a step's number, or the end
 * @throws NotFound if the exercise has no such step
 */
export function usePage(
  exercise: Exercise,
  step: number | 'end',
  i18n: Translator,
  member: boolean,
  faulty?: InvalidForm,
): Page {
  const count = exercise.steps.length;
  if (step !== 'end' && step > count) throw new NotFound();
  const at = (place: number | 'end'): string => {
    const query = [
      ...(exercise.original === true ? ['original=1'] : []),
      ...(place === 0 ? [] : [`step=${place}`]),
    ];
    return query.length === 0 ? exercise.path : `${exercise.path}?${query.join('&')}`;
  };
  const form = formView(i18n, faulty);
  const value = (name: string): string => textOf(form.values[name]);
  const position = step === 'end' ? count + 1 : step;
  const view: UseView = {
    name: exercise.name,
    member,
    begin: step === 0,
    end: step === 'end',
    summary: exercise.summary,
    note: exercise.note,
    minutes:
      exercise.minutes === null
        ? null
        : capital(i18n.t('toolkit.minutes', { count: exercise.minutes })),
    timer: exercise.minutes,
    text: step === 'end' || step === 0 ? null : (exercise.steps[step - 1] ?? null),
    where:
      step === 'end' || step === 0
        ? null
        : i18n.t('toolkit.use.step', { number: step, last: count }),
    back: position === 0 ? null : at(position === 1 ? 0 : position - 1),
    next: step === 'end' ? null : step === count ? at('end') : at(step + 1),
    lastStep: step === count,
    stop:
      exercise.slug === null || exercise.itemId !== null
        ? '/toolkit'
        : `/strategies/${exercise.slug}`,
    adapted: exercise.adapted,
    credit: exercise.adapted ? exercise.credit : null,
    other:
      exercise.original === null
        ? null
        : exercise.original
          ? { href: exercise.path, label: i18n.t('toolkit.use.mine') }
          : { href: `${exercise.path}?original=1`, label: i18n.t('toolkit.use.original') },
    save:
      exercise.itemId === null && exercise.slug !== null
        ? `/strategies/${exercise.slug}/save`
        : null,
    action: exercise.action,
    idempotencyKey: value('idempotencyKey') || exercise.idempotencyKey,
    form: { ...form, values: { note: value('note') } },
    before: scaleOptions(i18n, value('before')),
    after: scaleOptions(i18n, value('after')),
    pool: { checked: value('pool') !== '', shown: exercise.strategyId !== null },
  };
  return page('toolkit/use', view, {
    status: faulty === undefined ? 200 : 422,
    title: exercise.name,
    // Nothing but the exercise until its last step.
    focused: step !== 'end',
  });
}
