import { IsIn, Length, MaxLength } from 'class-validator';

export const OUTCOMES = ['opened', 'later', 'elsewhere', 'no'] as const;

export class GroupRequestForm {
  @Length(3, 200, { message: 'finding.error.wish' })
  wish = '';

  @MaxLength(2_000, { message: 'finding.error.why' })
  why = '';
}

export class GroupAnswer {
  @IsIn(OUTCOMES, { message: 'finding.error.outcome' })
  outcome: (typeof OUTCOMES)[number] = 'later';

  @Length(3, 2_000, { message: 'finding.error.answer' })
  answer = '';
}
