import { IsIn, IsInt, Length, Max, Min } from 'class-validator';
import { WholeNumber } from '../http/fields.js';

export const PROMPT_KINDS = ['check-in', 'small-wins', 'gratitude'] as const;
export type PromptKind = (typeof PROMPT_KINDS)[number];

export class PromptForm {
  @IsIn(PROMPT_KINDS, { message: 'belonging.error.kind' })
  kind: PromptKind = 'check-in';

  @Length(3, 90, { message: 'belonging.error.title' })
  title = '';

  @Length(1, 4_000, { message: 'belonging.error.body' })
  body = '';

  @WholeNumber()
  @IsInt({ message: 'belonging.error.weekday' })
  @Min(1, { message: 'belonging.error.weekday' })
  @Max(7, { message: 'belonging.error.weekday' })
  weekday = 0;

  @WholeNumber()
  @IsInt({ message: 'belonging.error.hour' })
  @Min(0, { message: 'belonging.error.hour' })
  @Max(23, { message: 'belonging.error.hour' })
  hour = -1;
}
