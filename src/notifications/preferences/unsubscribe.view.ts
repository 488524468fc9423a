import type { Translator } from '../../i18n/translator.js';
import type {
  MailPreferences,
  UnsubscribeChoice,
  UnsubscribeScope,
} from './mail-settings.service.js';
import { MAIL_KINDS } from './notice-kinds.js';

export const UNSUBSCRIBE_CHOICES = [
  'this',
  'weekly',
  'pause',
  'all',
  'keep',
] as const satisfies UnsubscribeChoice[];

export interface UnsubscribeView {
  token: string;
  /** The emails of the link's scope are already off. */
  off: boolean;
  /** Date until which all emails are paused; null if they are not. */
  paused: string | null;
  /** Name of the link's scope. */
  what: string;
  choices: { value: string; label: string; checked: boolean }[];
  /** The emails that stay on. */
  stays: string[];
}

export function unsubscribeView(
  token: string,
  scope: UnsubscribeScope,
  preferences: MailPreferences,
  now: Date,
  i18n: Translator,
): UnsubscribeView {
  const { settings, everywhere, choices } = preferences;
  const on = MAIL_KINDS.filter((kind) => everywhere[kind] !== 'never');
  const own = new Set(
    choices
      .filter((each) => each.communityId !== null && each.frequency !== 'never')
      .map((each) => each.communityId),
  ).size;
  const stays =
    settings.mailSafe === 'no'
      ? []
      : on.map((kind) => {
          const frequency = i18n.t(`notifications.frequency.${everywhere[kind]}`);
          return `${i18n.t(`notifications.mail.${kind}`)}: ${frequency}`;
        });
  const off =
    scope === 'all' || scope === 'digest'
      ? settings.nextDigestAt === null
      : everywhere[scope] === 'never' || settings.mailSafe === 'no';
  const paused =
    settings.pausedUntil !== null && settings.pausedUntil > now
      ? i18n.date(settings.pausedUntil)
      : null;
  const offered = UNSUBSCRIBE_CHOICES.filter(
    (each) =>
      (each !== 'this' || !off) &&
      (each !== 'weekly' || on.some((kind) => everywhere[kind] === 'daily')),
  );
  return {
    token,
    off,
    paused,
    what:
      scope === 'all'
        ? i18n.t('notifications.leave.everything')
        : scope === 'digest'
          ? i18n.t('notifications.leave.digest')
          : i18n.t(`notifications.mail.${scope}`),
    choices: offered.map((value, at) => ({
      value,
      label: i18n.t(`notifications.leave.${value}`),
      checked: at === 0,
    })),
    stays:
      own > 0 && settings.mailSafe !== 'no'
        ? [...stays, i18n.t('notifications.leave.communities', { count: own })]
        : stays,
  };
}
