import { selectOptions, type SelectOption } from '../http/options.js';
import type { Translator } from '../i18n/translator.js';
import type { MailReport } from './mail-log.service.js';
import { MAIL_KINDS, type MailKind } from '../mail/envelopes.js';
import { MAIL_STATES, type MailRow, type MailState } from './mail.queries.js';

interface MailRowView {
  kind: string;
  state: string;
  code: number | '';
  attempts: number;
  written: string;
  settled: string;
}

export interface MailLogView {
  states: string[];
  figures: { kind: string; cells: { state: string; count: number }[] }[];
  stopped: string[];
  faults: string[];
  options: SelectOption[];
  mails: MailRowView[];
}

/** @param state the current filter; null for all */
export function mailLogView(
  { mails, figures, stopped, faults }: MailReport,
  state: MailState | null,
  i18n: Translator,
): MailLogView {
  const kinds = MAIL_KINDS.filter((each) => figures.some(({ kind }) => kind === each));
  const nameOf = (kind: MailKind): string => i18n.t(`administration.mail.kinds.${kind}`);
  const count = (kind: string, of: string): number =>
    figures.find((row) => row.kind === kind && row.state === of)?.count ?? 0;
  const named = (each: MailState): string => i18n.t(`administration.mail.state.${each}`);
  return {
    states: MAIL_STATES.map(named),
    figures: kinds.map((kind) => ({
      kind: nameOf(kind),
      cells: MAIL_STATES.map((each) => ({ state: named(each), count: count(kind, each) })),
    })),
    stopped: stopped.map((row) =>
      i18n.t(`administration.mail.stopped.${row.reason}`, { count: row.count }),
    ),
    faults: faults.map((row) => i18n.t('administration.mail.sender-fault', { ...row })),
    options: selectOptions(['', ...MAIL_STATES], state ?? '', (value) =>
      value === '' ? i18n.t('administration.mail.all') : named(value),
    ),
    mails: mails.map((row) => ({
      kind: nameOf(row.kind),
      state: named(row.state),
      code: row.code ?? '',
      attempts: row.attempts,
      written: i18n.exactly(row.writtenAt),
      settled: settledText(row, i18n),
    })),
  };
}

function settledText({ state, notBefore, settledAt }: MailRow, i18n: Translator): string {
  if (notBefore !== null && state === 'waiting')
    return i18n.t('administration.mail.again', { when: i18n.deadline(notBefore) });
  return settledAt === null ? '' : i18n.exactly(settledAt);
}
