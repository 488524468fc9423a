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
import { isKnown, KINDS, PROBLEMS } from './resource-options.js';

const codes =
  (change: (text: string) => string) =>
  ({ value }: { value: unknown }): string[] =>
    typeof value === 'string'
      ? change(value)
          .split(/[\s,]+/)
          .filter((code) => code !== '')
      : [];

@ValidatorConstraint()
class Countries implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return (
      Array.isArray(value) &&
      value.every((code) => typeof code === 'string' && isKnown('region', code))
    );
  }
}

@ValidatorConstraint()
class Languages implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return (
      Array.isArray(value) &&
      value.every((code) => typeof code === 'string' && isKnown('language', code))
    );
  }
}

/** An address that anybody can open: https, a host with a dot, no name or password in it. */
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

  /** Somebody opened the address today and it is what it says. */
  @Checkbox()
  @IsBoolean()
  checked = false;

  @Checkbox()
  @IsBoolean()
  shown = false;

  /** The version that was open; 0 for a new entry. */
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

  /** People do not see it; programs fill it in. */
  @Equals('', { message: 'forms.error.trap' })
  website = '';
}
