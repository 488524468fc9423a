import type { AccessibleCommunity } from '../communities/community-access.js';
import { formView, type FormView } from '../http/form-page.js';
import type { InvalidForm } from '../http/form.js';
import { selectOptions, type SelectOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import { PROMPT_KINDS, type PromptKind } from './prompts.dto.js';
import type { PromptRow } from './prompts.queries.js';

const WEEKDAYS = Array.from({ length: 7 }, (_, day) => String(day + 1));
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour));

interface PromptView {
  kind: PromptKind;
  form: FormView;
  name: string;
  on: boolean;
  paused: boolean;
  /** The id of the newest thread. */
  lastThread: string | null;
  days: SelectOption[];
  hours: SelectOption[];
}

interface PromptsView {
  slug: string;
  name: string;
  zone: string;
  prompts: PromptView[];
  /** Errors that do not belong to any of the forms above. */
  form: FormView | null;
}

export function promptsView(
  community: AccessibleCommunity,
  rows: readonly PromptRow[],
  i18n: Translator,
  faulty?: InvalidForm,
): PromptsView {
  const prompts = PROMPT_KINDS.map((kind) =>
    promptView(
      kind,
      rows.find((row) => row.kind === kind),
      i18n,
      faulty?.values.kind === kind ? faulty : undefined,
    ),
  );
  const isShown = prompts.some(({ form }) => form.errors.length > 0);
  return {
    slug: community.slug,
    name: community.name,
    zone: i18n.nameOfZone(community.hours.timeZone),
    prompts,
    form: faulty === undefined || isShown ? null : elsewhere(formView(i18n, faulty), () => ''),
  };
}

/** The same form with other ids in its error summary, as each kind has the same fields. */
function elsewhere(form: FormView, idOf: (field: string) => string): FormView {
  return { ...form, errors: form.errors.map((one) => ({ ...one, field: idOf(one.field) })) };
}

/** @param row undefined if the community has no prompt of this kind; the form then has defaults */
function promptView(
  kind: PromptKind,
  row: PromptRow | undefined,
  i18n: Translator,
  faulty: InvalidForm | undefined,
): PromptView {
  const form = formView(i18n, faulty, {
    title: row?.title ?? i18n.t(`belonging.prompt.${kind}.title`),
    body: row?.body ?? i18n.t(`belonging.prompt.${kind}.body`),
    weekday: String(row?.weekday ?? 1),
    hour: String(row?.hour ?? 9),
  });
  return {
    kind,
    form: elsewhere(form, (field) => `${field}-${kind}`),
    name: i18n.t(`belonging.prompt.${kind}.name`),
    on: row !== undefined,
    paused: row?.paused ?? false,
    lastThread: row?.lastThread ?? null,
    days: selectOptions(WEEKDAYS, form.values.weekday, (day) => i18n.t(`belonging.weekday.${day}`)),
    hours: selectOptions(HOURS, form.values.hour, (hour) => `${hour.padStart(2, '0')}:00`),
  };
}
