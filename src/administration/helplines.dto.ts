import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsBoolean,
  IsIn,
  IsInt,
  Length,
  Matches,
  MaxLength,
  Min,
  Validate,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { HELPLINE_TOPICS, type HelplineTopic } from '../helplines/helpline-rows.js';
import { Checkbox, WholeNumber } from '../http/fields.js';
import type { FieldValidationError } from '../kernel/errors.js';
import { isCountry } from '../kernel/countries.js';
import { httpsAddress } from '../content/https-address.js';

/** Digits with common separators; words such as "(option 2)" may follow. */
const NUMBER = /^(?=.*\d\d)[+\d][\p{L}\d\s()./'’-]*$/u;

/** A country of the list, or ZZ for an international directory. */
@ValidatorConstraint()
class HelplineCountry implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return value === 'ZZ' || isCountry(value);
  }
}

/** Empty, or a publicly reachable https URL. */
@ValidatorConstraint()
class ChatAddress implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return value === '' || (typeof value === 'string' && httpsAddress(value) !== null);
  }
}

/** A language code, or words if a code says too little: "interpreters for 240+ by phone". */
const LANGUAGE = /^(?:[a-z]{2,3}|[\p{L}\d][\p{L}\d\s,()+.'’-]{3,59})$/u;
const CODES = /^[a-z]{2,3}(?: +[a-z]{2,3})*$/i;

/** Splits at commas, except inside brackets. */
const ENTRY = /(?:[^,()]|\([^()]*\)|[()])+/g;

/** Parses comma-separated entries; if all are codes, spaces are enough. */
function languages({ value }: { value: unknown }): unknown {
  if (typeof value !== 'string') return value;
  return [...value.matchAll(ENTRY)]
    .map(([entry]) => entry.trim())
    .flatMap((entry) => (CODES.test(entry) ? entry.toLowerCase().split(/ +/) : [entry]))
    .filter((entry) => entry !== '');
}

export class HelplineForm {
  static readonly repeated = ['topics'];

  @Validate(HelplineCountry, { message: 'administration.helplines.error.country' })
  country = '';

  @Length(2, 100, { message: 'administration.helplines.error.name' })
  name = '';

  @Matches(new RegExp(`^$|${NUMBER.source}`, 'u'), {
    message: 'administration.helplines.error.phone',
  })
  @MaxLength(60, { message: 'administration.helplines.error.phone' })
  phone = '';

  @Matches(new RegExp(`^$|${NUMBER.source}`, 'u'), {
    message: 'administration.helplines.error.sms',
  })
  @MaxLength(60, { message: 'administration.helplines.error.sms' })
  sms = '';

  @Validate(ChatAddress, { message: 'administration.helplines.error.chatUrl' })
  chatUrl = '';

  @MaxLength(100, { message: 'administration.helplines.error.hours' })
  hours = '';

  @Transform(languages)
  @ArrayMaxSize(20, { message: 'administration.helplines.error.languages' })
  @ArrayUnique({ message: 'administration.helplines.error.languages' })
  @Matches(LANGUAGE, { each: true, message: 'administration.helplines.error.languages' })
  languages: string[] = [];

  @IsIn(HELPLINE_TOPICS, { each: true, message: 'forms.error.invalid' })
  @ArrayUnique({ message: 'forms.error.invalid' })
  topics: HelplineTopic[] = [];

  @Length(3, 100, { message: 'administration.helplines.error.audience' })
  audience = '';

  @Length(3, 300, { message: 'administration.helplines.error.source' })
  source = '';

  /** Whether somebody compared it with its source today. */
  @Checkbox()
  @IsBoolean()
  checked = false;

  @Checkbox()
  @IsBoolean()
  shown = false;

  /** The version being edited; 0 if the bundled line has not been changed yet. */
  @WholeNumber()
  @IsInt({ message: 'forms.error.invalid' })
  @Min(0, { message: 'forms.error.invalid' })
  version = 0;

  /** A visible line must have at least one way to reach it. */
  static check({ shown, phone, sms, chatUrl }: HelplineForm): FieldValidationError[] {
    return shown && phone === '' && sms === '' && chatUrl === ''
      ? [{ field: 'phone', key: 'administration.helplines.error.way' }]
      : [];
  }
}
