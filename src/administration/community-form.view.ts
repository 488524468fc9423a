import { tagBoxes } from '../communities/tag-choices.js';
import type { FormView } from '../http/form-page.js';
import { listOf, textOf } from '../http/form-values.js';
import type { Values } from '../http/form.js';
import { selectOptions, type SelectOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import { communityLanguageOptions } from '../posts/text-language.view.js';
import type { EditableRow } from './administration.queries.js';
import { HOLDS, HOLDS_OUTSIDE, PRE_MODERATION } from './communities.dto.js';

/** A community's settings as form values. */
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
    mentionsAllowed: on(row.mentionsAllowed),
    pollsAllowed: on(row.pollsAllowed),
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

/** The initial values of the form for a new community. */
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

/** The folded parts of the form. */
const PARTS = {
  audience: ['topics', 'difficulties', 'situations', 'formats'],
  joining: ['joinQuestion', 'visitsAllowed', 'searchEngines'],
  writing: ['aliasesAllowed', 'mentionsAllowed', 'pollsAllowed', 'sensitive'],
  moderation: [
    'preModeration',
    'firstPostsCount',
    'holdOnShift',
    'holdOutside',
    'supportersAfterHours',
    'moderatorsAfterHours',
  ],
} as const;

export interface CommunityFormView {
  form: FormView;
  /** The parts with an error, which are shown unfolded. */
  open: Record<keyof typeof PARTS, boolean>;
  languages: SelectOption[];
  difficulties: ReturnType<typeof tagBoxes>;
  situations: ReturnType<typeof tagBoxes>;
  formats: ReturnType<typeof tagBoxes>;
  preModeration: SelectOption[];
  holdOnShift: SelectOption[];
  holdOutside: SelectOption[];
  ticked: Record<Tick, boolean>;
}

type Tick =
  | 'sensitive'
  | 'aliasesAllowed'
  | 'mentionsAllowed'
  | 'pollsAllowed'
  | 'visitsAllowed'
  | 'searchEngines';

/** The options of the form, with the selected ones marked. */
export function communityForm(form: FormView, i18n: Translator): CommunityFormView {
  const { values } = form;
  const select = (name: string, options: readonly string[]): SelectOption[] =>
    selectOptions(options, values[name], (value) => i18n.t(`administration.${name}.${value}`));
  const isTicked = (name: Tick): boolean => values[name] === 'on';
  const hasError = (part: keyof typeof PARTS): boolean =>
    PARTS[part].some((field) => form.error[field] !== undefined);
  return {
    form,
    open: {
      audience: hasError('audience'),
      joining: hasError('joining'),
      writing: hasError('writing'),
      moderation: hasError('moderation'),
    },
    languages: communityLanguageOptions(i18n, textOf(values.language)),
    difficulties: tagBoxes(i18n, 'difficulty', listOf(values.difficulties)),
    situations: tagBoxes(i18n, 'situation', listOf(values.situations)),
    formats: tagBoxes(i18n, 'format', listOf(values.formats)),
    preModeration: select('preModeration', PRE_MODERATION),
    holdOnShift: select('holdOnShift', HOLDS),
    holdOutside: select('holdOutside', HOLDS_OUTSIDE),
    ticked: {
      sensitive: isTicked('sensitive'),
      aliasesAllowed: isTicked('aliasesAllowed'),
      mentionsAllowed: isTicked('mentionsAllowed'),
      pollsAllowed: isTicked('pollsAllowed'),
      visitsAllowed: isTicked('visitsAllowed'),
      searchEngines: isTicked('searchEngines'),
    },
  };
}
