import type { FormView } from '../../http/form-page.js';
import type { Translator } from '../../i18n/translator.js';
import type { EscalationRow } from './escalations.service.js';
import type { Unmasking } from './unmasking.service.js';

export interface EscalationFacts {
  caseId: string;
  records: EscalationRow[];
  /** The newest unmasking request. */
  unmasking: Unmasking | null;
  /** Whether the case is about a post under an alias. */
  masked: boolean;
}

interface EscalationRecordView extends EscalationRow {
  when: string;
  by: string | null;
  /** Whether the viewer may confirm the record as the second person. */
  waits: boolean;
}

interface UnmaskingView {
  reason: string;
  text: string;
  waits: boolean;
  handle: string | null;
  until: string | null;
}

export interface EscalationView {
  id: string;
  records: EscalationRecordView[];
  masked: boolean;
  unmasking: UnmaskingView | null;
  mayAsk: boolean;
  form: FormView;
}

export function escalationView(
  { caseId, records, unmasking, masked }: EscalationFacts,
  form: FormView,
  i18n: Translator,
): EscalationView {
  return {
    id: caseId,
    records: records.map((one) => ({
      ...one,
      when: i18n.exactly(one.at),
      by:
        one.second === null
          ? one.who
          : i18n.list([one.who ?? i18n.t('moderation.somebody'), one.second]),
      waits: one.second === null && !one.mine,
    })),
    masked,
    unmasking: unmasking === null ? null : unmaskingView(unmasking, i18n),
    mayAsk: masked && unmasking?.allowed !== null,
    form,
  };
}

function unmaskingView(unmasking: Unmasking, i18n: Translator): UnmaskingView {
  const { allowed, who, shownUntil } = unmasking;
  const state = allowed === null ? 'asked' : allowed ? 'allowed' : 'refused';
  return {
    reason: unmasking.reason,
    text: i18n.t(`moderation.unmask.${state}`, { who }),
    waits: allowed === null && !unmasking.mine,
    handle: unmasking.handle,
    until: shownUntil === null ? null : i18n.deadline(shownUntil),
  };
}
