import { Type } from 'class-transformer';
import {
  IsDateString,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { StrategyTexts } from '../core/strategy.dto.js';
import { ORIGINS } from '../core/vocabulary.js';

/** Ids in packs. `local:` is reserved for those of this installation, which are never exported. */
const STABLE_ID = /^(?!local:)[a-z0-9][a-z0-9.:-]{2,99}$/;

export class PackHead {
  @Matches(STABLE_ID, { message: 'strategies.fault.id' })
  id = '';

  @Length(3, 120, { message: 'strategies.fault.text' })
  name = '';

  @IsInt({ message: 'strategies.fault.version' })
  @Min(1, { message: 'strategies.fault.version' })
  version = 1;

  @Length(1, 120, { message: 'strategies.fault.text' })
  publisher = '';

  @Length(2, 60, { message: 'strategies.fault.text' })
  licence = '';

  @MaxLength(300, { message: 'strategies.fault.text' })
  attribution = '';
}

class PackSource {
  @IsString({ message: 'strategies.fault.source' })
  @MaxLength(120, { message: 'strategies.fault.source' })
  name = '';

  @MaxLength(300, { message: 'strategies.fault.source' })
  @Matches(/^(https:\/\/[^\s<>"]+)?$/, { message: 'strategies.fault.source' })
  url = '';
}

class PackTranslation {
  @Matches(STABLE_ID, { message: 'strategies.fault.translation' })
  id = '';

  @IsInt({ message: 'strategies.fault.translation' })
  @Min(1, { message: 'strategies.fault.translation' })
  version = 1;
}

/** One strategy of a pack. docs/strategy-pack.md describes the fields. */
export class PackEntry extends StrategyTexts {
  @Matches(STABLE_ID, { message: 'strategies.fault.id' })
  id = '';

  @IsInt({ message: 'strategies.fault.version' })
  @Min(1, { message: 'strategies.fault.version' })
  version = 1;

  @Matches(/^[a-z0-9][a-z0-9-]{1,79}$/, { message: 'strategies.fault.slug' })
  slug = '';

  @Matches(/^[a-z]{2}$/, { message: 'strategies.fault.language' })
  language = 'en';

  @IsIn(ORIGINS, { message: 'strategies.fault.origin' })
  origin = '';

  @ValidateNested()
  @Type(() => PackSource)
  source: PackSource = new PackSource();

  @ValidateIf((entry: PackEntry) => entry.reviewedOn !== null)
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'strategies.fault.date' })
  @IsDateString({ strict: true }, { message: 'strategies.fault.date' })
  reviewedOn: string | null = null;

  @Length(2, 60, { message: 'strategies.fault.text' })
  licence = '';

  @MaxLength(60, { message: 'strategies.fault.text' })
  credit = '';

  @ValidateIf((entry: PackEntry) => entry.translationOf !== null)
  @ValidateNested()
  @Type(() => PackTranslation)
  translationOf: PackTranslation | null = null;
}
