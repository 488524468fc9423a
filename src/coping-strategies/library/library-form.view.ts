import { selectOptions, type SelectOption } from '../../http/options.js';
import type { Translator } from '../../i18n/translator.js';
import { fieldOf, type LibraryFilter } from './library-filter.js';
import { ENERGIES, MAX_MINUTES, TAG_LISTS, type TagList } from '../core/vocabulary.js';

export interface SelectField {
  name: string;
  label: string;
  options: SelectOption[];
}

/** A select whose first option is "any". */
function select(
  i18n: Translator,
  name: string,
  values: readonly (string | number)[],
  chosen: string | number | null,
  label: (value: string) => string,
): SelectField {
  const any = {
    value: '',
    label: i18n.t(`strategies.filter.${name}.any`),
    selected: chosen === null,
  };
  return {
    name,
    label: i18n.t(`strategies.filter.${name}.label`),
    options: [
      any,
      ...selectOptions(values.map(String), chosen === null ? null : String(chosen), label),
    ],
  };
}

export function tagSelect(i18n: Translator, list: TagList, filter: LibraryFilter): SelectField {
  const name = fieldOf(list);
  return select(i18n, name, TAG_LISTS[list], filter.tags[list] ?? null, (value) =>
    i18n.t(`strategies.${name}.${value}`),
  );
}

export interface LibraryForm {
  q: string;
  first: SelectField[];
  more: SelectField[];
  open: boolean;
}

export function minutesSelect(i18n: Translator, chosen: number | null): SelectField {
  return select(i18n, 'minutes', MAX_MINUTES, chosen, (value) =>
    i18n.t('strategies.up-to', { count: Number(value) }),
  );
}

/** Two fields are always visible; the rest is collapsed until one of them is used. */
export function libraryForm(filter: LibraryFilter, i18n: Translator): LibraryForm {
  const energy = select(i18n, 'energy', ENERGIES, filter.energy, (value) =>
    i18n.t(`strategies.energy.${value}.label`),
  );
  return {
    q: filter.q,
    first: [tagSelect(i18n, 'needs', filter), minutesSelect(i18n, filter.minutes)],
    more: [
      tagSelect(i18n, 'kinds', filter),
      tagSelect(i18n, 'places', filter),
      tagSelect(i18n, 'times', filter),
      energy,
      tagSelect(i18n, 'challenges', filter),
    ],
    open:
      filter.energy !== null ||
      (['kinds', 'places', 'times', 'challenges'] as const).some(
        (list) => filter.tags[list] !== undefined,
      ),
  };
}
