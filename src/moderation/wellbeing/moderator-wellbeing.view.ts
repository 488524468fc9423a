import type { FormView } from '../../http/form-page.js';
import type { Values } from '../../http/form.js';
import { tickOptions, type TickOption } from '../../http/options.js';
import { capital } from '../../i18n/capital.js';
import type { Translator } from '../../i18n/translator.js';
import { reasonWords } from '../core/case-labels.js';
import type { Exposure } from '../core/exposure.js';
import { exposureView, type ExposureView } from '../core/exposure.view.js';
import type { DebriefRow, WellbeingRow } from '../core/wellbeing.queries.js';
import { NOTE_TOPICS, REASON_TOPICS } from './moderator-wellbeing.dto.js';

export interface WellbeingView extends ExposureView {
  tabs: { me: true };
  notes: TickOption[];
  reasons: TickOption[];
  mail: boolean;
  form: FormView;
}

/** A moderator's settings as form values. */
export function wellbeingValues({ topics, mail }: WellbeingRow): Values {
  return { topics, mail: mail ? 'on' : '' };
}

export function wellbeingView(exposure: Exposure, form: FormView, i18n: Translator): WellbeingView {
  const { topics, mail } = form.values;
  return {
    tabs: { me: true },
    ...exposureView(exposure, i18n),
    notes: tickOptions(NOTE_TOPICS, topics, (topic) => capital(i18n.t(`posts.${topic}`))),
    reasons: tickOptions(REASON_TOPICS, topics, (topic) => {
      const [source = '', reason = ''] = topic.split('.');
      return capital(reasonWords(i18n, [{ source, reason }])[0] ?? topic);
    }),
    mail: mail === 'on',
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

/** The answers of a debrief as form values. */
export function debriefValues(debrief: DebriefRow | null): Record<string, string> {
  return Object.fromEntries(QUESTIONS.map((name, at) => [name, debrief?.lines[at] ?? '']));
}

/** @param debrief null if none was requested */
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
