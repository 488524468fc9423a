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
import { Checkbox, IdempotencyKey, Lines, WholeNumber } from '../../http/fields.js';
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

/** Removes a leading number, dash or bullet from a step. */
function withoutMarker(line: string): string {
  return line.replace(/^\s*(?:\d{1,2}[.)]|[-*•])\s+/, '');
}

/** The texts and tags of a strategy, validated in the same way for forms and packs. */
export class StrategyTexts {
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

/** Every text of a strategy, with its form field. */
export function textsOf(strategy: StrategyTexts): SafetyText[] {
  return [
    { field: 'name', text: strategy.name },
    { field: 'summary', text: strategy.summary },
    ...strategy.steps.map((text) => ({ field: 'steps', text })),
    { field: 'fits', text: strategy.fits },
    { field: 'fitsNot', text: strategy.fitsNot },
  ];
}

/** A member's own strategy. */
export class OwnStrategy extends StrategyTexts {
  static override readonly repeated = StrategyTexts.repeated;

  /** Whether the member is credited by name. */
  @Checkbox()
  @IsBoolean()
  credited = false;

  @Checkbox()
  @IsBoolean({ message: 'strategies.error.consent' })
  @IsIn([true], { message: 'strategies.error.consent' })
  consent = false;

  @IsString()
  @IdempotencyKey()
  idempotencyKey = '';
}

/** A strategy edited by its writer or an administrator. */
export class EditedStrategy extends StrategyTexts {
  static override readonly repeated = StrategyTexts.repeated;

  @WholeNumber()
  @IsInt({ message: 'strategies.error.stale' })
  version = 0;
}

/** A strategy from a pack or an organisation, with its source. */
export class SourcedStrategy extends EditedStrategy {
  static override readonly repeated = StrategyTexts.repeated;

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

/** Withdraws a strategy from the library. The author is shown the reason. */
export class StrategyWithdrawal {
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
