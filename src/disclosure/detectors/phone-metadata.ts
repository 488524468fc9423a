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

/** Where a number without a country's code may come from. */
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

/** "44" of GB. */
export function callingCode(country: string): string {
  return getCountryCallingCode(country as CountryCode, metadata);
}

/** Whether digits are a number that some country gives out, with its code or without. */
export function isValidSomewhere(digits: string): boolean {
  return (
    REGIONS.some(
      (defaultCountry) =>
        parsePhoneNumberFromString(digits, { defaultCountry }, metadata)?.isValid() === true,
    ) || parsePhoneNumberFromString(`+${digits}`, metadata)?.isValid() === true
  );
}
