import type { Translator } from '../../i18n/translator.js';
import { settingsTabs } from '../../accounts/settings.view.js';
import { formView, type FormView } from '../../http/form-page.js';
import { listOf, textOf } from '../../http/form-values.js';
import type { InvalidForm } from '../../http/form.js';
import {
  selectOptions,
  tickOptions,
  type SelectOption,
  type TickOption,
} from '../../http/options.js';
import { timeZoneOptions } from '../../http/time-zone-options.js';
import { SENDERS, SUBJECTS } from '../../mail/mail-appearance.js';
import { COMMUNITY_KINDS, FREQUENCIES, type Frequency } from './mail-choices.js';
import { DEFAULT_ZONE, dayName } from './mail-timing.js';
import type { MailPreferences } from './mail-settings.service.js';
import { MAIL_KINDS } from './notice-kinds.js';

/** The stored values of the form. */
function storedValues({
  settings,
  choices,
  everywhere,
  communities,
}: MailPreferences): Record<string, string | string[]> {
  const slug = new Map(communities.map((each) => [each.id, each.slug]));
  return {
    ...everywhere,
    mailSafe: settings.mailSafe ?? '',
    communities: choices.flatMap((each) =>
      each.communityId !== null && slug.has(each.communityId)
        ? [`${slug.get(each.communityId) ?? ''} ${each.kind} ${each.frequency}`]
        : [],
    ),
    timeZone: settings.timeZone ?? DEFAULT_ZONE,
    digestDay: String(settings.digestDay),
    digestHour: String(settings.digestHour),
    quietFrom: settings.quietFrom === null ? '' : String(settings.quietFrom),
    quietTo: settings.quietTo === null ? '' : String(settings.quietTo),
    pausedUntil:
      settings.pausedUntil === null ? '' : dayName(settings.pausedUntil, settings.timeZone),
    content: settings.content ? 'on' : '',
    askHowItIs: settings.askHowItIs ? 'on' : '',
    sender: settings.sender,
    subject: settings.subject,
    privateWord: settings.privateWord,
  };
}

export interface MailSettingsView {
  tabs: ReturnType<typeof settingsTabs>;
  form: FormView;
  address: { email: string; verified: boolean } | null;
  /** When the next digest is sent; null if none is scheduled. */
  next: string | null;
  /** The member said that email is not safe, so none is sent. */
  off: boolean;
  safe: TickOption[];
  kinds: {
    name: string;
    label: string;
    hint: string;
    error: string | undefined;
    options: SelectOption[];
  }[];
  communities: {
    name: string;
    choices: { id: string; label: string; options: SelectOption[] }[];
  }[];
  /** Whether any community differs from the general choice. */
  anyOwn: boolean;
  zones: ReturnType<typeof timeZoneOptions>;
  days: SelectOption[];
  hours: SelectOption[];
  quietFrom: SelectOption[];
  quietTo: SelectOption[];
  senders: TickOption[];
  subjects: TickOption[];
  /** The folded parts that are shown unfolded: those with an error, or with emails paused. */
  open: { when: boolean; look: boolean; inside: boolean };
}

export function settingsView(
  preferences: MailPreferences,
  faulty: InvalidForm | undefined,
  i18n: Translator,
): MailSettingsView {
  const form = formView(i18n, faulty, storedValues(preferences));
  const { settings, communities } = preferences;
  const value = (name: string): string => textOf(form.values[name]);
  const chosen = listOf(form.values.communities);
  const options = (
    name: string,
    all: readonly string[],
    label: (one: string) => string,
  ): SelectOption[] => selectOptions(all, value(name), label);
  const frequencyLabel = (frequency: Frequency): string =>
    i18n.t(`notifications.frequency.${frequency}`);
  const hasError = (...fields: string[]): boolean =>
    fields.some((field) => form.error[field] !== undefined);
  const hours = Array.from({ length: 24 }, (_, hour) => String(hour));
  const clock = (hour: string): string =>
    hour === '' ? i18n.t('notifications.settings-page.no-quiet') : `${hour.padStart(2, '0')}:00`;
  return {
    tabs: settingsTabs(i18n, 'notifications'),
    form,
    address:
      settings.email === null ? null : { email: settings.email, verified: settings.verified },
    next: settings.nextDigestAt === null ? null : i18n.deadline(settings.nextDigestAt),
    off: settings.mailSafe === 'no',
    safe: tickOptions(
      ['yes', 'no'],
      value('mailSafe'),
      (one) => i18n.t(`notifications.safe.${one}`),
      (one) => i18n.t(`notifications.safe.${one}-hint`),
    ),
    kinds: MAIL_KINDS.map((kind) => ({
      name: kind,
      label: i18n.t(`notifications.mail.${kind}`),
      hint: i18n.t(`notifications.mail.${kind}-hint`),
      error: form.error[kind],
      options: options(kind, FREQUENCIES, (one) => frequencyLabel(one as Frequency)),
    })),
    communities: communities.map(({ slug, name }) => ({
      name,
      choices: COMMUNITY_KINDS.map((kind) => ({
        id: `${slug}-${kind}`,
        label: i18n.t(`notifications.mail.${kind}`),
        options: [
          {
            value: '',
            label: i18n.t('notifications.frequency.as-above'),
            selected: !chosen.some((one) => one.startsWith(`${slug} ${kind} `)),
          },
          ...FREQUENCIES.map((one) => ({
            value: `${slug} ${kind} ${one}`,
            label: frequencyLabel(one),
            selected: chosen.includes(`${slug} ${kind} ${one}`),
          })),
        ],
      })),
    })),
    anyOwn: chosen.some((one) => one !== ''),
    zones: timeZoneOptions(i18n, value('timeZone')),
    days: options('digestDay', ['1', '2', '3', '4', '5', '6', '7'], (day) =>
      i18n.t(`notifications.day.${day}`),
    ),
    hours: options('digestHour', hours, clock),
    quietFrom: options('quietFrom', ['', ...hours], clock),
    quietTo: options('quietTo', ['', ...hours], clock),
    senders: tickOptions(SENDERS, value('sender'), (one) => i18n.t(`notifications.sender.${one}`)),
    subjects: tickOptions(SUBJECTS, value('subject'), (one) => i18n.t(`mail.subject.${one}`)),
    open: {
      when:
        value('pausedUntil') !== '' ||
        hasError('timeZone', 'digestDay', 'digestHour', 'quietFrom', 'quietTo', 'pausedUntil'),
      look: hasError('sender', 'subject', 'privateWord'),
      inside: hasError('content'),
    },
  };
}
