import { IsIn } from 'class-validator';
import { STEPS } from './bridge.queries.js';

export class StepForm {
  @IsIn([...STEPS, ''], { message: 'forms.error.invalid' })
  step = '';
}
