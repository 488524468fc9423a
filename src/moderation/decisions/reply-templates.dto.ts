import { IsIn, Length } from 'class-validator';
import { TIERS } from '../core/case-labels.js';

/** The tiers to which a template can apply; `any` means all of them. */
export const TEMPLATE_TIERS = ['any', ...TIERS] as const;

export class ReplyTemplateForm {
  @IsIn(TEMPLATE_TIERS, { message: 'forms.error.invalid' })
  tier = 'any';

  @Length(1, 80, { message: 'moderation.error.reply-template' })
  title = '';

  @Length(1, 4_000, { message: 'moderation.error.reply-template' })
  body = '';
}
