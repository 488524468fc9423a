import { CONTENT_NOTES } from '../../content/content-notes.js';
import type { FormView } from '../../http/form-page.js';
import type { FaultyForm } from '../../http/form.js';
import type { Translator } from '../../i18n/translator.js';
import { reasonWords } from '../core/case-labels.js';
import type { Exposure } from '../core/exposure.js';
import { exposureView, type ExposureView } from '../core/exposure.view.js';
import type { DebriefRow, WellbeingRow } from '../core/wellbeing.queries.js';
import { REASON_TOPICS } from './moderator-wellbeing.dto.js';

interface TopicOption {
  value: string;
  label: string;
  checked: boolean;
}

export interface WellbeingView extends ExposureView {
  tabs: { me: true };
  notes: TopicOption[];
  reasons: TopicOption[];
  mail: boolean;
  form: FormView;
}

/** @param faulty a form that came back; its choices are shown instead of those that are stored */
export function wellbeingView(
  { settings, exposure }: { settings: WellbeingRow; exposure: Exposure },
  form: FormView,
  faulty: FaultyForm | undefined,
  i18n: Translator,
): WellbeingView {
  const chosen = faulty === undefined ? settings.topics : [faulty.values.topics ?? []].flat();
  const option = (value: string, label: string): TopicOption => ({
    value,
    label,
    checked: chosen.includes(value),
  });
  return {
    tabs: { me: true },
    ...exposureView(exposure, i18n),
    notes: CONTENT_NOTES.map((note) => option(`note.${note}`, i18n.t(`posts.note.${note}`))),
    reasons: REASON_TOPICS.map((topic) => {
      const [source = '', reason = ''] = topic.split('.');
      return option(topic, reasonWords(i18n, [{ source, reason }])[0] ?? topic);
    }),
    mail: faulty === undefined ? settings.mail : faulty.values.mail === 'on',
    form,
  };
}

/** The questions of a debrief, in the order in which the answers are stored. */
const QUESTIONS = ['happened', 'felt', 'helped', 'harder', 'need'] as const;

export interface DebriefView {
  id: string;
  asked: boolean;
  talked: boolean;
  form: FormView;
  fields: {
    name: string;
    label: string;
    value: string | string[];
    error: string | undefined;
  }[];
}

/** The answers of a debrief as the values of its form. */
export function debriefValues(debrief: DebriefRow | null): Record<string, string> {
  return Object.fromEntries(QUESTIONS.map((name, at) => [name, debrief?.lines[at] ?? '']));
}

/** @param debrief null where none was asked for */
export function debriefView(
  caseId: string,
  debrief: DebriefRow | null,
  form: FormView,
  i18n: Translator,
): DebriefView {
  return {
    id: caseId,
    asked: debrief !== null,
    talked: debrief?.done === true,
    form,
    fields: QUESTIONS.map((name) => ({
      name,
      label: i18n.t(`moderation.debrief.${name}`),
      value: form.values[name] ?? '',
      error: form.error[name],
    })),
  };
}
