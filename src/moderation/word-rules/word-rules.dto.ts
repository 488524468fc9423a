import { Transform } from 'class-transformer';
import { IsIn, IsInt, Length, Matches, Max, MaxLength, Min, ValidateIf } from 'class-validator';
import type { FieldValidationError } from '../../kernel/errors.js';
import { readPattern } from '../../triage/word-rules.js';
import { CONTENT_NOTES } from '../../content/content-notes.js';

const NUMBER = /^\d{1,3}$/;
const SLUG = /^([a-z0-9][a-z0-9-]{1,48})?$/;

export const RULE_ACTIONS = ['suggest-note', 'flag', 'raise', 'hold'] as const;
export const RULE_TIERS = ['watch', 'urgent', 'crisis'] as const;
export const PRE_MODERATION = ['none', 'first-posts', 'all'] as const;
export const HOLD_ON_SHIFT = ['none', 'crisis', 'urgent'] as const;
export const HOLD_OUTSIDE = ['none', 'crisis', 'urgent', 'watch'] as const;

export class NewWordRule {
  /** Empty for the whole site. */
  @Matches(SLUG, { message: 'forms.error.invalid' })
  community = '';

  @Length(2, 120, { message: 'rules.error.pattern' })
  pattern = '';

  @IsIn(RULE_ACTIONS, { message: 'rules.error.action' })
  action!: (typeof RULE_ACTIONS)[number];

  @IsIn(['', ...CONTENT_NOTES], { message: 'rules.error.note' })
  note = '';

  @IsIn(['', ...RULE_TIERS], { message: 'rules.error.tier' })
  tier: '' | (typeof RULE_TIERS)[number] = '';

  @MaxLength(200, { message: 'rules.error.why' })
  why = '';

  /** Shown to authors whose post the rule holds; empty keeps the rule secret. */
  @MaxLength(200, { message: 'rules.error.to-writer' })
  toWriter = '';

  /**
   * Whether the button tries the rule on past posts or adds it. The field name is part of the
   * form's contract.
   */
  @IsIn(['test', 'add'], { message: 'forms.error.invalid' })
  deed: 'test' | 'add' = 'test';

  static check({ pattern, action, note, tier }: NewWordRule): FieldValidationError[] {
    return [
      ...(readPattern(pattern) === null ? [{ field: 'pattern', key: 'rules.error.pattern' }] : []),
      ...(action === 'suggest-note' && note === ''
        ? [{ field: 'note', key: 'rules.error.note' }]
        : []),
      ...(action === 'raise' && tier === '' ? [{ field: 'tier', key: 'rules.error.tier' }] : []),
    ];
  }
}

/** Which posts a community holds for review, and when. */
export class HoldingForm {
  @IsIn(PRE_MODERATION, { message: 'forms.error.invalid' })
  preModeration!: (typeof PRE_MODERATION)[number];

  @Transform(({ value }) => (NUMBER.test(String(value)) ? Number(value) : Number.NaN))
  @IsInt({ message: 'rules.error.count' })
  @Min(1, { message: 'rules.error.count' })
  @Max(50, { message: 'rules.error.count' })
  firstPostsCount = 3;

  @Transform(({ value }) =>
    value === '' ? null : NUMBER.test(String(value)) ? Number(value) : Number.NaN,
  )
  @ValidateIf((form: HoldingForm) => form.firstPostsDays !== null)
  @IsInt({ message: 'rules.error.days' })
  @Min(1, { message: 'rules.error.days' })
  @Max(365, { message: 'rules.error.days' })
  firstPostsDays: number | null = null;

  @IsIn(HOLD_ON_SHIFT, { message: 'forms.error.invalid' })
  holdOnShift!: (typeof HOLD_ON_SHIFT)[number];

  @IsIn(HOLD_OUTSIDE, { message: 'forms.error.invalid' })
  holdOutside!: (typeof HOLD_OUTSIDE)[number];
}
