import {
  ArrayMaxSize,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { ID } from '../../kernel/ids.js';
import { Checkbox, IdempotencyKey, WholeNumber } from '../../http/fields.js';

export const MAX_NOTE_LENGTH = 4_000;
export const MAX_STEPS = 20;

export class SaveNote {
  @MaxLength(MAX_NOTE_LENGTH, { message: 'toolkit.error.note' })
  note = '';
}

/** Each non-empty line is a step. */
export class ItemForm extends SaveNote {
  static readonly repeated: readonly string[] = ['collections'];

  @MaxLength(80, { message: 'toolkit.error.name' })
  name = '';

  @MaxLength(6_000, { message: 'toolkit.error.steps' })
  steps = '';

  @Matches(ID, { each: true, message: 'forms.error.invalid' })
  @ArrayMaxSize(100, { message: 'forms.error.invalid' })
  collections: string[] = [];

  @MaxLength(40, { message: 'toolkit.error.collection' })
  newCollection = '';
}

export class OwnItemForm extends ItemForm {
  static override readonly repeated = ItemForm.repeated;

  @Length(1, 80, { message: 'toolkit.error.name' })
  override name = '';

  @IdempotencyKey()
  idempotencyKey = '';
}

export class MoveForm {
  @IsIn(['up', 'down', 'top'], { message: 'forms.error.invalid' })
  to!: 'up' | 'down' | 'top';
}

export class CollectionForm {
  @Length(1, 40, { message: 'toolkit.error.collection' })
  name = '';
}

export class CheckInForm {
  @WholeNumber({ optional: true })
  @IsOptional()
  @IsInt({ message: 'toolkit.error.scale' })
  @Min(0, { message: 'toolkit.error.scale' })
  @Max(10, { message: 'toolkit.error.scale' })
  before?: number;

  @WholeNumber({ optional: true })
  @IsOptional()
  @IsInt({ message: 'toolkit.error.scale' })
  @Min(0, { message: 'toolkit.error.scale' })
  @Max(10, { message: 'toolkit.error.scale' })
  after?: number;

  @MaxLength(MAX_NOTE_LENGTH, { message: 'toolkit.error.note' })
  note = '';

  @Checkbox()
  @IsBoolean()
  pool = false;

  @IdempotencyKey()
  idempotencyKey = '';
}

export class DayForm {
  @WholeNumber({ optional: true })
  @IsOptional()
  @IsInt({ message: 'toolkit.error.scale' })
  @Min(0, { message: 'toolkit.error.scale' })
  @Max(10, { message: 'toolkit.error.scale' })
  level?: number;

  @MaxLength(40, { message: 'toolkit.error.word' })
  word = '';

  @MaxLength(MAX_NOTE_LENGTH, { message: 'toolkit.error.note' })
  note = '';

  @IdempotencyKey()
  idempotencyKey = '';
}

export class CardForm {
  @MaxLength(1_000, { message: 'toolkit.error.part' })
  people = '';

  @MaxLength(1_000, { message: 'toolkit.error.part' })
  lines = '';

  @MaxLength(1_000, { message: 'toolkit.error.part' })
  reasons = '';
}

export class PlanForm {
  static readonly repeated: readonly string[] = ['items'];

  @MaxLength(450, { message: 'toolkit.error.plan-part' }) signs = '';
  @MaxLength(450, { message: 'toolkit.error.plan-part' }) alone = '';
  @MaxLength(450, { message: 'toolkit.error.plan-part' }) places = '';
  @MaxLength(450, { message: 'toolkit.error.plan-part' }) people = '';
  @MaxLength(450, { message: 'toolkit.error.plan-part' }) professionals = '';
  @MaxLength(450, { message: 'toolkit.error.plan-part' }) safer = '';
  @MaxLength(450, { message: 'toolkit.error.plan-part' }) reasons = '';

  @Matches(ID, { each: true, message: 'forms.error.invalid' })
  @ArrayMaxSize(8, { message: 'toolkit.error.plan-items' })
  items: string[] = [];
}

export class SettingsForm {
  @Checkbox() @IsBoolean() hideCounts = false;
  @Checkbox() @IsBoolean() lookBack = false;

  @IsIn(['', '1', '3', '7', '14', '30'], { message: 'toolkit.error.remind' })
  remindEvery = '';

  @IsIn(['', '5', '15', '30', '60'], { message: 'toolkit.error.lock' })
  lockMinutes = '';

  /** Required to change the lock, so that nobody else at the device can. */
  @MaxLength(200, { message: 'toolkit.error.password' })
  password = '';
}

export class PasswordForm {
  @Length(1, 200, { message: 'toolkit.error.password' })
  password = '';
}

export class EraseForm extends PasswordForm {
  @Checkbox()
  @IsIn([true], { message: 'toolkit.error.erase' })
  sure = false;
}

export class SheetForm {
  static readonly repeated: readonly string[] = ['items', 'checkIns'];

  @MaxLength(60, { message: 'toolkit.error.name' })
  title = '';

  @MaxLength(2_000, { message: 'toolkit.error.sheet' })
  wish = '';

  @MaxLength(2_000, { message: 'toolkit.error.sheet' })
  happened = '';

  @MaxLength(2_000, { message: 'toolkit.error.sheet' })
  questions = '';

  @MaxLength(2_000, { message: 'toolkit.error.sheet' })
  know = '';

  @Matches(ID, { each: true, message: 'forms.error.invalid' })
  @ArrayMaxSize(20, { message: 'toolkit.error.sheet-items' })
  items: string[] = [];

  @Matches(ID, { each: true, message: 'forms.error.invalid' })
  @ArrayMaxSize(20, { message: 'toolkit.error.sheet-items' })
  checkIns: string[] = [];

  @Checkbox() @IsBoolean() askLater = false;

  @IdempotencyKey()
  idempotencyKey = '';
}

/** Whether the sheet is empty apart from its title. */
export function isEmptySheet(form: SheetForm): boolean {
  const texts = [form.wish, form.happened, form.questions, form.know];
  return texts.every((text) => text === '') && form.items.length + form.checkIns.length === 0;
}

export class FollowUpForm {
  @IsIn(['yes', 'a-little', 'not-yet', ''], { message: 'forms.error.invalid' })
  nearer = '';
}

export class ShareForm {
  @IsIn(['item', 'plan', 'card', 'sheet'], { message: 'forms.error.invalid' })
  what!: 'item' | 'plan' | 'card' | 'sheet';

  @ValidateIf(({ what }: ShareForm) => what === 'item' || what === 'sheet')
  @Matches(ID, { message: 'forms.error.invalid' })
  id = '';

  @IsIn(['1', '7', '30'], { message: 'toolkit.error.days' })
  days = '7';
}
