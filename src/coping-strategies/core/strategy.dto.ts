import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { Checkbox, Lines, WholeNumber } from '../../http/fields.js';
import {
  CHALLENGES,
  ENERGIES,
  KINDS,
  NEEDS,
  ORIGINS,
  PLACES,
  SITUATIONS,
  TIMES,
} from './vocabulary.js';
import type { SafetyText } from './strategy-safety.js';

/** Numbers, dashes and dots before a step are left out. */
function withoutMarker(line: string): string {
  return line.replace(/^\s*(?:\d{1,2}[.)]|[-*•])\s+/, '');
}

/** What a strategy says, from a form or a pack: one set of limits for both. */
export class StrategyWords {
  static readonly repeated: readonly string[] = ['needs', 'kinds', 'places', 'times', 'challenges'];

  @Length(3, 80, { message: 'strategies.error.name' })
  name = '';

  @Length(3, 240, { message: 'strategies.error.summary' })
  summary = '';

  @Lines(withoutMarker)
  @IsArray({ message: 'strategies.error.steps' })
  @ArrayMinSize(1, { message: 'strategies.error.steps' })
  @ArrayMaxSize(12, { message: 'strategies.error.steps' })
  @Length(2, 300, { each: true, message: 'strategies.error.step' })
  steps: string[] = [];

  @MaxLength(400, { message: 'strategies.error.fits' })
  fits = '';

  @MaxLength(400, { message: 'strategies.error.fits' })
  fitsNot = '';

  @WholeNumber()
  @IsInt({ message: 'strategies.error.minutes' })
  @Min(1, { message: 'strategies.error.minutes' })
  @Max(240, { message: 'strategies.error.minutes' })
  minutes = 5;

  @IsIn(ENERGIES, { message: 'strategies.error.energy' })
  energy: string = 'low';

  @IsArray({ message: 'strategies.error.needs' })
  @ArrayMinSize(1, { message: 'strategies.error.needs' })
  @ArrayUnique({ message: 'strategies.error.needs' })
  @IsIn(NEEDS, { each: true, message: 'strategies.error.needs' })
  needs: string[] = [];

  @IsArray({ message: 'strategies.error.kinds' })
  @ArrayMinSize(1, { message: 'strategies.error.kinds' })
  @ArrayUnique({ message: 'strategies.error.kinds' })
  @IsIn(KINDS, { each: true, message: 'strategies.error.kinds' })
  kinds: string[] = [];

  @IsArray({ message: 'strategies.error.list' })
  @ArrayUnique({ message: 'strategies.error.list' })
  @IsIn(PLACES, { each: true, message: 'strategies.error.list' })
  places: string[] = [];

  @IsArray({ message: 'strategies.error.list' })
  @ArrayUnique({ message: 'strategies.error.list' })
  @IsIn(TIMES, { each: true, message: 'strategies.error.list' })
  times: string[] = [];

  @IsArray({ message: 'strategies.error.list' })
  @ArrayUnique({ message: 'strategies.error.list' })
  @IsIn(CHALLENGES, { each: true, message: 'strategies.error.list' })
  challenges: string[] = [];
}

/** Every sentence of a strategy, with the field it stands in. */
export function textsOf(words: StrategyWords): SafetyText[] {
  return [
    { field: 'name', text: words.name },
    { field: 'summary', text: words.summary },
    ...words.steps.map((text) => ({ field: 'steps', text })),
    { field: 'fits', text: words.fits },
    { field: 'fitsNot', text: words.fitsNot },
  ];
}

/** A member's own strategy. */
export class OwnStrategy extends StrategyWords {
  static override readonly repeated = StrategyWords.repeated;

  /** Shown with the name they write under, or with none. */
  @Checkbox()
  @IsBoolean()
  credited = false;

  @Checkbox()
  @IsBoolean({ message: 'strategies.error.consent' })
  @IsIn([true], { message: 'strategies.error.consent' })
  consent = false;

  @IsString()
  @MaxLength(100, { message: 'forms.error.invalid' })
  idempotencyKey = '';
}

/** The same, as its writer or an administrator changes it. */
export class EditedStrategy extends StrategyWords {
  static override readonly repeated = StrategyWords.repeated;

  @WholeNumber()
  @IsInt({ message: 'strategies.error.stale' })
  version = 0;
}

/** Where a strategy that is not a member's comes from. */
export class SourcedStrategy extends EditedStrategy {
  static override readonly repeated = StrategyWords.repeated;

  @IsIn(ORIGINS, { message: 'strategies.error.origin' })
  origin: string = 'charity';

  @MaxLength(120, { message: 'strategies.error.source' })
  sourceName = '';

  @MaxLength(300, { message: 'strategies.error.source-url' })
  @Matches(/^(https:\/\/[^\s<>"]+\.[^\s<>"]+)?$/, { message: 'strategies.error.source-url' })
  sourceUrl = '';

  @Matches(/^(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?$/, {
    message: 'strategies.error.reviewed-on',
  })
  reviewedOn = '';
}

/** Out of the library, with words to whoever wrote it. */
export class StrategyExport {
  @MaxLength(2_000, { message: 'strategies.error.reason' })
  reason = '';
}

export class Feedback {
  @IsIn(['helped', 'not-for-me', 'none'], { message: 'strategies.error.answer' })
  answer = '';

  @IsIn(['', ...NEEDS], { message: 'strategies.error.context' })
  need = '';

  @IsIn(['', ...SITUATIONS], { message: 'strategies.error.context' })
  situation = '';
}
