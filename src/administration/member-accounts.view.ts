import type { FormView } from '../http/form-page.js';
import type { Translator } from '../i18n/translator.js';
import type { MemberAccountRow } from './member-accounts.queries.js';

/** The forms of the page in order; each has a single field, the reason. */
export const HELP_FORMS = ['confirmation', 'reset', 'mail'] as const;
export type HelpForm = (typeof HELP_FORMS)[number];

export interface MemberAccountView {
  handle: string;
  facts: string[];
  /** The available actions, each with a form of its own. */
  helps: { action: string; field: string; title: string; hint: string; error: string }[];
  reason: string;
  form: FormView;
}

/** @param failed the rejected form, or null */
export function memberAccountView(
  account: MemberAccountRow,
  form: FormView,
  failed: HelpForm | null,
  i18n: Translator,
): MemberAccountView {
  const open = HELP_FORMS.filter((each) => isOpen(each, account) || each === failed);
  return {
    handle: account.handle,
    facts: factsOf(account, i18n),
    helps: open.map((each) => ({
      action: `/admin/members/${account.handle}/${each}`,
      field: `reason-${each}`,
      title: i18n.t(`administration.member.${each === 'mail' ? 'resume' : each}`),
      hint: i18n.t(`administration.member.${each === 'mail' ? 'resume' : each}-hint`),
      error: each === failed ? (form.error.reason ?? '') : '',
    })),
    reason: typeof form.values.reason === 'string' ? form.values.reason : '',
    form,
  };
}

function isOpen(form: HelpForm, account: MemberAccountRow): boolean {
  if (!account.hasAddress) return false;
  switch (form) {
    case 'confirmation':
      return !account.verified;
    case 'reset':
      return true;
    case 'mail':
      return account.stopped !== null;
  }
}

function factsOf(account: MemberAccountRow, i18n: Translator): string[] {
  const address = !account.hasAddress
    ? 'no-address'
    : account.verified
      ? 'confirmed'
      : 'unconfirmed';
  return [
    i18n.t('administration.member.joined', { date: i18n.date(account.joinedAt) }),
    i18n.t(`administration.member.${address}`),
    ...(account.stopped === null || account.stoppedSince === null
      ? []
      : [
          i18n.t(`administration.member.stopped.${account.stopped}`, {
            date: i18n.date(account.stoppedSince),
          }),
        ]),
    ...(account.mailUnsafe ? [i18n.t('administration.member.unsafe')] : []),
  ];
}
