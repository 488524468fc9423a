import { avatarSvg } from '../accounts/avatar.js';
import type { displayOf } from '../http/layout.js';
import { numberedPages, type NumberedPages } from '../http/numbered-pages.js';
import { selectOptions, tickOptions, type SelectOption, type TickOption } from '../http/options.js';
import { displayedHelplines, helplinesOf, type DisplayedHelpline } from '../helplines/helplines.js';
import type { Messages } from '../i18n/messages.js';
import type { Translator } from '../i18n/translator.js';
import type { Config } from '../kernel/config.js';
import { countryName } from '../kernel/countries.js';
import { REPLY_WISHES } from '../posting/new-thread.dto.js';

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
  wishes: TickOption[];
  countries: SelectOption[];
  pagination: NumberedPages | null;
  lines: DisplayedHelpline[];
}

/** A sample of each part; its links lead back to the page. */
export function styleguideView(i18n: Translator): StyleguideView {
  return {
    avatars: { one: avatarSvg('one'), two: avatarSvg('two') },
    form: { values: {}, errors: [], error: {} },
    wishes: tickOptions(REPLY_WISHES, 'listen', (wish) => i18n.t(`threads.wish.${wish}.label`)),
    countries: selectOptions(['GB', 'IE', 'ES'], 'GB', (code) => countryName(i18n.locale, code)),
    pagination: numberedPages(2, 9, () => '/styleguide'),
    lines: displayedHelplines(helplinesOf('GB').slice(0, 2), i18n),
  };
}
