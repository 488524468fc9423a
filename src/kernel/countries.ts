import { displayNames } from './intl.js';

/** All ISO 3166-1 alpha-2 codes, and XK, which Kosovo uses and CLDR knows. */
export const COUNTRY_CODES: readonly string[] = `
  AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN
  BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ
  DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL
  GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM
  JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME
  MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP
  NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD
  SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
  TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
  XK
`
  .trim()
  .split(/\s+/);

const known = new Set(COUNTRY_CODES);

export function isCountry(code: unknown): code is string {
  return typeof code === 'string' && known.has(code);
}

/**
 * @returns the country's name in a language, or the code itself if the language has no name for it
 */
export function countryName(locale: string, code: string): string {
  return displayNames(locale, 'region').of(code) ?? code;
}

export interface CountryOption {
  value: string;
  label: string;
  selected: boolean;
}

const sorted = new Map<string, readonly { value: string; label: string }[]>();

/** All countries with their names in the reader's language, sorted by that language's collation. */
export function countryOptions(locale: string, selected: string): CountryOption[] {
  let list = sorted.get(locale);
  if (list === undefined) {
    const order = new Intl.Collator(locale);
    list = COUNTRY_CODES.map((value) => ({ value, label: countryName(locale, value) })).sort(
      (a, b) => order.compare(a.label, b.label),
    );
    sorted.set(locale, list);
  }
  return list.map((each) => ({ ...each, selected: each.value === selected }));
}
