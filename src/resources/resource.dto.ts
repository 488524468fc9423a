import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  Equals,
  IsBoolean,
  IsIn,
  IsInt,
  Length,
  MaxLength,
  Min,
  Validate,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { DIFFICULTIES } from '../communities/community-tags.js';
import { httpsAddress } from '../content/https-address.js';
import { Checkbox, WholeNumber } from '../http/fields.js';
import { isKnownCode, KINDS, PROBLEMS } from './resource-options.js';

const codes =
  (normalize: (text: string) => string) =>
  ({ value }: { value: unknown }): string[] =>
    typeof value === 'string'
      ? normalize(value)
          .split(/[\s,]+/)
          .filter((code) => code !== '')
      : [];

@ValidatorConstraint()
class Countries implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return (
      Array.isArray(value) &&
      value.every((code) => typeof code === 'string' && isKnownCode('region', code))
    );
  }
}

@ValidatorConstraint()
class Languages implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return (
      Array.isArray(value) &&
      value.every((code) => typeof code === 'string' && isKnownCode('language', code))
    );
  }
}

/** A public URL: https, a host name with a dot, no credentials. */
@ValidatorConstraint()
class OpenAddress implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && httpsAddress(value) !== null;
  }
}

export class ResourceForm {
  static readonly repeated = ['needs'];

  @Length(2, 100, { message: 'resources.error.name' })
  name = '';

  @IsIn(KINDS, { message: 'resources.error.kind' })
  kind = '';

  @Length(3, 300, { message: 'resources.error.summary' })
  summary = '';

  @Validate(OpenAddress, { message: 'resources.error.url' })
  url = '';

  @Transform(codes((text) => text.toUpperCase()))
  @ArrayMinSize(1, { message: 'resources.error.countries' })
  @ArrayMaxSize(40, { message: 'resources.error.countries' })
  @ArrayUnique({ message: 'resources.error.countries' })
  @Validate(Countries, { message: 'resources.error.countries' })
  countries: string[] = [];

  @Transform(codes((text) => text.toLowerCase()))
  @ArrayMinSize(1, { message: 'resources.error.languages' })
  @ArrayMaxSize(20, { message: 'resources.error.languages' })
  @ArrayUnique({ message: 'resources.error.languages' })
  @Validate(Languages, { message: 'resources.error.languages' })
  languages: string[] = [];

  @IsIn(DIFFICULTIES, { each: true, message: 'forms.error.invalid' })
  @ArrayUnique({ message: 'forms.error.invalid' })
  needs: string[] = [];

  /** The administrator opened the URL today, and it is right. */
  @Checkbox()
  @IsBoolean()
  checked = false;

  @Checkbox()
  @IsBoolean()
  shown = false;

  /** The version with which the form was opened; 0 for a new entry. */
  @WholeNumber()
  @IsInt({ message: 'forms.error.invalid' })
  @Min(0, { message: 'forms.error.invalid' })
  version = 0;
}

export class ResourceReport {
  @IsIn(PROBLEMS, { message: 'resources.error.problem' })
  problem = '';

  @MaxLength(500, { message: 'resources.error.note' })
  note = '';

  /** A honeypot: hidden from people, but filled in by bots. */
  @Equals('', { message: 'forms.error.trap' })
  website = '';
}
