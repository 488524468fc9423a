import { createRequire } from 'node:module';
import {
  getCountryCallingCode,
  parsePhoneNumberFromString,
  type CountryCode,
  type MetadataJson,
} from 'libphonenumber-js/core';

const metadata = createRequire(import.meta.url)(
  'libphonenumber-js/metadata.min.json',
) as MetadataJson;

/** Regions that a number without a country code may belong to. */
const REGIONS: readonly CountryCode[] = [
  'GB',
  'US',
  'IE',
  'AU',
  'NZ',
  'DE',
  'FR',
  'ES',
  'IN',
  'NL',
  'IT',
];

/** The calling code of a country, such as "44" for GB. */
export function callingCode(country: string): string {
  return getCountryCallingCode(country as CountryCode, metadata);
}

/** Whether digits are a valid number in some country, with or without its code. */
export function isValidSomewhere(digits: string): boolean {
  return (
    REGIONS.some(
      (defaultCountry) =>
        parsePhoneNumberFromString(digits, { defaultCountry }, metadata)?.isValid() === true,
    ) || parsePhoneNumberFromString(`+${digits}`, metadata)?.isValid() === true
  );
}
