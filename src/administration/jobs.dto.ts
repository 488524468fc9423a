import { Matches } from 'class-validator';

export class JobForm {
  @Matches(/^[\w:.-]{1,200}$/, { message: 'forms.error.invalid' })
  job = '';
}
