import { IsIn } from 'class-validator';
import { STEPS } from './stories.queries.js';

export class StepForm {
  @IsIn([...STEPS, ''], { message: 'forms.error.invalid' })
  step = '';
}
