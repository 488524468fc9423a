import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isCountry } from '../kernel/countries.js';

/** Who answers: `any` is the number for every emergency. */
export const EMERGENCY_SERVICES = ['any', 'ambulance', 'police', 'fire'] as const;
export type EmergencyService = (typeof EMERGENCY_SERVICES)[number];

export interface EmergencyNumber {
  readonly service: EmergencyService;
  /** As people read it, and as a phone dials it: the two are the same. */
  readonly phone: string;
  readonly tel: string;
}

type Row = { readonly source: string } & {
  readonly [service in EmergencyService]?: readonly string[];
};

interface File {
  readonly checked: string;
  /** Where numbers come from; each row names one. */
  readonly sources: Readonly<Record<string, string>>;
  /**
   * By country, ISO 3166-1 alpha-2. A country that is missing has no number that we are sure of.
   */
  readonly numbers: Readonly<Record<string, Row>>;
}

const FILE = fileURLToPath(new URL('./emergency-numbers.json', import.meta.url));

export const EMERGENCY_FILE = JSON.parse(readFileSync(FILE, 'utf8')) as File;

/**
 * What a mobile phone connects to the emergency services of most countries, whatever their own
 * number is (ITU-T E.161.1; 3GPP TS 22.101). Shown as something to try, never as the number of a
 * country.
 */
export const MOBILE_EMERGENCY = '112';

/**
 * @param country ISO 3166-1 alpha-2
 * @returns the numbers of a country, one for everything first; none where we are not sure of any
 */
export function emergencyNumbers(country: string): EmergencyNumber[] {
  const row = isCountry(country) ? EMERGENCY_FILE.numbers[country] : undefined;
  if (row === undefined) return [];
  return EMERGENCY_SERVICES.flatMap((service) =>
    (row[service] ?? []).map((phone) => ({ service, phone, tel: phone })),
  );
}
