import { tickOptions, type TickOption } from '../../http/options.js';
import type { FormView } from '../../http/form-page.js';
import type { Values } from '../../http/form.js';
import type { Translator } from '../../i18n/translator.js';
import { fieldOf } from '../library/library-filter.js';
import type { StrategyContent } from '../core/strategy-content.js';
import { ENERGIES, PLACES, TAG_LISTS, TIMES, type TagList } from '../core/vocabulary.js';

interface TagChoices {
  name: TagList;
  label: string;
  error: string | undefined;
  options: TickOption[];
}

export interface StrategyFormView {
  form: FormView;
  /** Tag lists from which at least one tag must be chosen. */
  must: TagChoices[];
  may: TagChoices[];
  energies: TickOption[];
}

/** The options of a strategy form. @param form with the values as entered */
export function strategyFormView(form: FormView, i18n: Translator): StrategyFormView {
  const lists = (names: TagList[]): TagChoices[] =>
    names.map((name) => ({
      name,
      label: i18n.t(`strategies.form.${name}`),
      error: form.error[name],
      options: tickOptions(TAG_LISTS[name], form.values[name], (value) =>
        i18n.t(`strategies.${fieldOf(name)}.${value}`),
      ),
    }));
  return {
    form,
    must: lists(['needs', 'kinds']),
    may: lists(['places', 'times', 'challenges']),
    energies: tickOptions(ENERGIES, form.values.energy ?? 'low', (value) =>
      i18n.t(`strategies.energy.${value}.label`),
    ),
  };
}

/** All of them mean any, which the form says by ticking none. */
function unlessAll(chosen: string[], all: readonly string[]): string[] {
  return chosen.length === all.length ? [] : chosen;
}

/** A strategy as form values. */
export function valuesOfStrategy(row: StrategyContent, version: number): Values {
  return {
    name: row.name,
    summary: row.summary,
    steps: row.steps.join('\n'),
    fits: row.fits,
    fitsNot: row.fitsNot,
    minutes: String(row.minutes),
    energy: row.energy,
    needs: row.needs,
    kinds: row.kinds,
    places: unlessAll(row.places, PLACES),
    times: unlessAll(row.times, TIMES),
    challenges: row.challenges,
    version: String(version),
  };
}
