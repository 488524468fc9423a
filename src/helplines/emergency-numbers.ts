import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isCountry } from '../kernel/countries.js';

/** The services that answer; `any` is the number for every emergency. */
export const EMERGENCY_SERVICES = ['any', 'ambulance', 'police', 'fire'] as const;
export type EmergencyService = (typeof EMERGENCY_SERVICES)[number];

export interface EmergencyNumber {
  readonly service: EmergencyService;
  /** As displayed and as dialled: the two are identical. */
  readonly phone: string;
  readonly tel: string;
}

type Row = { readonly source: string } & {
  readonly [service in EmergencyService]?: readonly string[];
};

interface File {
  readonly checked: string;
  /** Sources of the numbers; each row refers to one. */
  readonly sources: Readonly<Record<string, string>>;
  /** By ISO 3166-1 alpha-2 country code. Countries without a verified number are left out. */
  readonly numbers: Readonly<Record<string, Row>>;
}

const FILE = fileURLToPath(new URL('./emergency-numbers.json', import.meta.url));

export const EMERGENCY_FILE = JSON.parse(readFileSync(FILE, 'utf8')) as File;

/**
 * Mobile phones connect it to the emergency services of most countries, whatever the local number
 * (ITU-T E.161.1; 3GPP TS 22.101). Shown as something to try, never as a country's own number.
 */
export const MOBILE_EMERGENCY = '112';

/**
 * @param country ISO 3166-1 alpha-2
 * @returns the numbers of a country, the general one first; empty if none is verified
 */
export function emergencyNumbers(country: string): EmergencyNumber[] {
  const row = isCountry(country) ? EMERGENCY_FILE.numbers[country] : undefined;
  if (row === undefined) return [];
  return EMERGENCY_SERVICES.flatMap((service) =>
    (row[service] ?? []).map((phone) => ({ service, phone, tel: phone })),
  );
}
