import {
  emergencyNumbers,
  MOBILE_EMERGENCY,
  type EmergencyService,
} from '../helplines/emergency-numbers.js';
import type { HelplineTopic } from '../helplines/helpline-rows.js';
import {
  helplinesOf,
  internationalLines,
  coversTopic,
  displayedHelplines,
  topicsOf,
  type Helpline,
  type DisplayedHelpline,
} from '../helplines/helplines.js';
import { selectOptions, type SelectOption } from '../http/options.js';
import type { ReaderCountry } from '../http/reader-country.js';
import type { Translator } from '../i18n/translator.js';
import { countryName, countryOptions } from '../kernel/countries.js';

interface CallLink {
  tel: string;
  label: string;
}

export interface HelpNowView {
  topics: SelectOption[];
  /** The selected topic; null for none. */
  topic: string | null;
  topicLines: DisplayedHelpline[];
  countries: ReturnType<typeof countryOptions>;
  /** `speaksOf` says which country the page covers, and how it was determined. */
  country: { code: string; name: string; speaksOf: string };
  error: string | null;
  /** Null if the country's number is not verified. */
  emergency: CallLink | null;
  others: CallLink[];
  mobile: string;
  lines: DisplayedHelpline[];
  international: DisplayedHelpline[];
  /** The oldest check among the lines; null if none was checked. */
  checkedOn: string | null;
}

export interface HelpNowQuery {
  country: ReaderCountry;
  /** The URL contains an unknown country code. */
  unknown: boolean;
  /** The raw query parameter. */
  topic: unknown;
}

export function helpNowView(query: HelpNowQuery, i18n: Translator): HelpNowView {
  const { code, by } = query.country;
  const name = countryName(i18n.locale, code);
  const label = (service: EmergencyService, phone: string): string =>
    i18n.t(`content.help.call.${service}`, { phone });
  const [first, ...others] = emergencyNumbers(code).map(({ service, phone, tel }) => ({
    tel,
    label: label(service, phone),
  }));
  const lines = helplinesOf(code);
  const topics = topicsOf(code);
  const topic = topics.find((each) => each === query.topic) ?? null;
  const { own, others: rest } = byTopic(lines, topic);
  return {
    topics: topicOptions(i18n, topics, topic),
    topic: topic === null ? null : i18n.t(`content.help.topic.${topic}`),
    topicLines: displayedHelplines(own, i18n),
    countries: countryOptions(i18n.locale, code),
    country: { code, name, speaksOf: i18n.t(`layout.country.${by}`, { country: name }) },
    error: query.unknown ? i18n.t('content.help.countryError') : null,
    emergency: first ?? null,
    others,
    mobile: MOBILE_EMERGENCY,
    lines: displayedHelplines(rest, i18n),
    international: displayedHelplines(internationalLines(), i18n),
    checkedOn: checkedOn(i18n, lines),
  };
}

/** Splits the lines into those for the topic and the others; without a topic, all are others. */
function byTopic(
  lines: readonly Helpline[],
  topic: HelplineTopic | null,
): { own: Helpline[]; others: Helpline[] } {
  if (topic === null) return { own: [], others: [...lines] };
  return {
    own: lines.filter((line) => coversTopic(line, topic)),
    others: lines.filter((line) => !coversTopic(line, topic)),
  };
}

/** The topics of the country's lines; empty if it only has general ones. */
function topicOptions(
  i18n: Translator,
  topics: readonly HelplineTopic[],
  chosen: HelplineTopic | null,
): SelectOption[] {
  if (topics.length === 0) return [];
  const anything = { value: '', label: i18n.t('content.help.topicAny'), selected: chosen === null };
  const options = selectOptions(topics, chosen, (topic) => i18n.t(`content.help.topic.${topic}`));
  return [anything, ...options];
}

/** The oldest check among the lines; null if none was checked. */
function checkedOn(i18n: Translator, lines: readonly Helpline[]): string | null {
  const [oldest] = lines
    .map((line) => line.checkedOn)
    .filter((day) => day !== null)
    .sort();
  return oldest === undefined ? null : i18n.calendarDay(oldest);
}
