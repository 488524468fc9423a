import { tagBoxes } from '../communities/tag-choices.js';
import type { FormView } from '../http/form-page.js';
import type { Values } from '../http/form.js';
import type { Translator } from '../i18n/translator.js';
import type { EditableRow } from './administration.queries.js';
import { HOLDS, HOLDS_OUTSIDE, PRE_MODERATION } from './communities.dto.js';

/** A community's fields as a form sends them. */
export function valuesOfCommunity(row: EditableRow): Values {
  return {
    name: row.name,
    summary: row.summary,
    purpose: row.purpose,
    joinQuestion: row.joinQuestion ?? '',
    language: row.language,
    topics: row.topics.join('\n'),
    difficulties: row.difficulties,
    situations: row.situations,
    formats: row.formats,
    sensitive: on(row.sensitive),
    aliasesAllowed: on(row.aliasesAllowed),
    visitsAllowed: on(row.visitsAllowed),
    searchEngines: on(row.searchEngines),
    preModeration: row.preModeration,
    holdOnShift: row.holdOnShift,
    holdOutside: row.holdOutside,
    firstPostsCount: String(row.firstPostsCount),
    supportersAfterHours: String(row.supportersAfterHours),
    moderatorsAfterHours: String(row.moderatorsAfterHours),
  };
}

export const NEW_COMMUNITY: Values = {
  language: 'en',
  aliasesAllowed: 'on',
  visitsAllowed: 'on',
  preModeration: 'first-posts',
  holdOnShift: 'crisis',
  holdOutside: 'crisis',
  firstPostsCount: '3',
  supportersAfterHours: '12',
  moderatorsAfterHours: '24',
};

function on(value: boolean): string {
  return value ? 'on' : '';
}

function list(value: string | string[] | undefined): string[] {
  return [value ?? []].flat();
}

/** The choices of the form, with what is chosen. */
export function communityForm(form: FormView, i18n: Translator): object {
  const { values } = form;
  const select = (name: string, options: readonly string[]): object[] =>
    options.map((value) => ({
      value,
      label: i18n.t(`administration.${name}.${value}`),
      selected: values[name] === value,
    }));
  return {
    form,
    difficulties: tagBoxes(i18n, 'difficulty', list(values.difficulties)),
    situations: tagBoxes(i18n, 'situation', list(values.situations)),
    formats: tagBoxes(i18n, 'format', list(values.formats)),
    preModeration: select('preModeration', PRE_MODERATION),
    holdOnShift: select('holdOnShift', HOLDS),
    holdOutside: select('holdOutside', HOLDS_OUTSIDE),
    ticked: Object.fromEntries(
      ['sensitive', 'aliasesAllowed', 'visitsAllowed', 'searchEngines'].map((name) => [
        name,
        values[name] === 'on',
      ]),
    ),
  };
}
