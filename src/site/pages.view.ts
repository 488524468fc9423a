import { displayNames } from '../kernel/intl.js';
import { avatarSvg } from '../accounts/avatar.js';
import type { displayOf } from '../http/layout.js';
import { selectOptions, type SelectOption } from '../http/options.js';
import type { Config } from '../kernel/config.js';

export interface OperatorView {
  operator: Config['OPERATOR'];
  contact: Config['CONTACT'];
}

/** Who runs this site, for the pages about it. */
export function operatorView({ OPERATOR, CONTACT }: Config): OperatorView {
  return { operator: OPERATOR, contact: CONTACT };
}

type Display = ReturnType<typeof displayOf>;

export interface DisplayView {
  /** The chosen value of each, as the only key. */
  scheme: Record<string, true>;
  text: Record<string, true>;
  spacing: Record<string, true>;
  calm: boolean;
  shiftOff: boolean;
  /** Null for those who moderate nothing. */
  keys: { on: boolean } | null;
  locales: SelectOption[];
  back: string;
  form: { errors: [] };
}

export function displayView(
  { display, moderates }: { display: Display; moderates: boolean },
  locales: readonly string[],
  locale: string,
): DisplayView {
  const { scheme, text, spacing, calm, shiftOff, keys } = display;
  const names = displayNames(locale, 'language');
  return {
    scheme: { [scheme]: true },
    text: { [text]: true },
    spacing: { [spacing]: true },
    calm,
    shiftOff,
    keys: moderates ? { on: keys } : null,
    locales: selectOptions(locales, locale, (value) => names.of(value) ?? value),
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
