import type { Translator } from '../../i18n/translator.js';
import { strategyCard, type StrategyCard } from '../core/strategies.view.js';
import type { StrategyCardRow } from '../core/strategies.queries.js';
import { libraryPath, isEmpty, type Cursor, type LibraryFilter } from './library-filter.js';
import {
  libraryForm,
  minutesSelect,
  tagSelect,
  type LibraryForm,
  type SelectField,
} from './library-form.view.js';
import type { LibraryPage, PickedStrategy } from './strategy-library.service.js';

interface LibraryView {
  form: LibraryForm;
  filtered: boolean;
  strategies: StrategyCard[];
  next: string | null;
  /** This is not the first page. */
  more: boolean;
}

interface PickView {
  form: { need: SelectField; minutes: SelectField };
  picked: PickedView | null;
  nothing: string | null;
  nearest: StrategyCard | null;
  all: string;
}

interface PickedView extends StrategyCard {
  steps: string[];
  fitsNot: string;
  another: string;
}

interface HiddenView {
  strategies: StrategyCard[];
}

export function libraryView(
  { strategies, next }: LibraryPage,
  filter: LibraryFilter,
  after: Cursor,
  i18n: Translator,
): LibraryView {
  return {
    form: libraryForm(filter, i18n),
    filtered: !isEmpty(filter),
    strategies: strategies.map((row) => strategyCard(row, i18n)),
    next:
      next === null
        ? null
        : libraryPath('/strategies', filter, { after: `${next.minutes}-${next.id}` }),
    more: after.id !== '0',
  };
}

/** @param pick null before the form was sent @param not the skipped strategy */
export function pickView(
  pick: PickedStrategy | null,
  filter: LibraryFilter,
  not: string,
  i18n: Translator,
): PickView {
  const picked = pick?.picked ?? null;
  const nearest = pick?.nearest ?? null;
  return {
    form: {
      need: tagSelect(i18n, 'needs', filter),
      minutes: minutesSelect(i18n, filter.minutes),
    },
    picked:
      picked === null
        ? null
        : {
            ...strategyCard(picked, i18n),
            steps: picked.steps,
            fitsNot: picked.fitsNot,
            another: libraryPath('/strategies/pick', filter, { not: picked.slug }),
          },
    nothing:
      pick !== null && picked === null
        ? i18n.t(not === '' ? 'strategies.pick.nothing' : 'strategies.pick.no-other')
        : null,
    nearest: nearest === null ? null : strategyCard(nearest, i18n),
    all: libraryPath('/strategies', filter),
  };
}

export function hiddenStrategiesView(
  rows: readonly StrategyCardRow[],
  i18n: Translator,
): HiddenView {
  return { strategies: rows.map((row) => strategyCard(row, i18n)) };
}
