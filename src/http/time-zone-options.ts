import type { Translator } from '../i18n/translator.js';
import { currentZoneName } from '../i18n/zone-names.js';
import { selectOptions, type SelectOption } from './options.js';

/** Options of a select element under a common heading. */
export interface OptionGroup {
  label: string;
  options: SelectOption[];
}

/** The regions of IANA time zones that have a message under `time.region`. */
const REGIONS = [
  ...['Africa', 'America', 'Antarctica', 'Arctic', 'Asia'],
  ...['Atlantic', 'Australia', 'Europe', 'Indian', 'Pacific'],
] as const;

/** The place in a zone's name: "Buenos Aires, Argentina" for America/Argentina/Buenos_Aires. */
function placeOf(zone: string): string {
  return currentZoneName(zone).split('/').slice(1).reverse().join(', ').replaceAll('_', ' ');
}

/**
 * Options for a time zone, by region: some 400 names in one list are too many to look through.
 * @param chosen the submitted or stored zone
 * @param none label of the option for no zone; no such option if omitted
 */
export function timeZoneOptions(
  i18n: Translator,
  chosen: string,
  none?: string,
): (SelectOption | OptionGroup)[] {
  const order = new Intl.Collator(i18n.locale);
  const zones = Map.groupBy(Intl.supportedValuesOf('timeZone'), (zone) => zone.split('/')[0]);
  const ungrouped = selectOptions(none === undefined ? ['UTC'] : ['', 'UTC'], chosen, (zone) =>
    zone === '' ? (none ?? '') : zone,
  );
  const groups = REGIONS.map((region) => ({
    label: i18n.t(`time.region.${region}`),
    options: selectOptions(zones.get(region) ?? [], chosen, placeOf).sort((a, b) =>
      order.compare(a.label, b.label),
    ),
  }));
  return [...ungrouped, ...groups.sort((a, b) => order.compare(a.label, b.label))];
}
