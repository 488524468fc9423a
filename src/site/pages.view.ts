import { avatarSvg } from '../accounts/avatar.js';
import type { displayOf } from '../http/layout.js';
import { selectOptions, type SelectOption } from '../http/options.js';
import type { Messages } from '../i18n/messages.js';
import type { Config } from '../kernel/config.js';

export interface OperatorView {
  operator: Config['OPERATOR'];
  contact: Config['CONTACT'];
}

/** The operator's details, for the pages about the site. */
export function operatorView({ OPERATOR, CONTACT }: Config): OperatorView {
  return { operator: OPERATOR, contact: CONTACT };
}

type Display = ReturnType<typeof displayOf>;

export interface DisplayView {
  /** The selected value of each setting, as the only key. */
  scheme: Record<string, true>;
  text: Record<string, true>;
  spacing: Record<string, true>;
  calm: boolean;
  shiftOff: boolean;
  /** Null if the viewer moderates nothing. */
  keys: { on: boolean } | null;
  /** Each language under its own name. */
  locales: (SelectOption & { lang: string })[];
  /** Whether the language also applies to the account's emails. */
  member: boolean;
  back: string;
  form: { errors: [] };
}

interface DisplayFacts {
  display: Display;
  moderates: boolean;
  /** Whether the setting is stored with an account. */
  member: boolean;
  /** The selected language, even if this page is in another. */
  locale: string;
}

export function displayView(
  { display, moderates, member, locale }: DisplayFacts,
  messages: Messages,
): DisplayView {
  const { scheme, text, spacing, calm, shiftOff, keys } = display;
  const nameOf = (each: string): string => messages.coverageOf(each)?.name ?? each;
  return {
    scheme: { [scheme]: true },
    text: { [text]: true },
    spacing: { [spacing]: true },
    calm,
    shiftOff,
    keys: moderates ? { on: keys } : null,
    locales: selectOptions(messages.locales, locale, nameOf).map((option) => ({
      ...option,
      lang: option.value,
    })),
    member,
    back: '',
    form: { errors: [] },
  };
}

export interface StyleguideView {
  avatars: { one: string; two: string };
  form: { values: object; errors: []; error: object };
}

export function styleguideView(): StyleguideView {
  return {
    avatars: { one: avatarSvg('one'), two: avatarSvg('two') },
    form: { values: {}, errors: [], error: {} },
  };
}
