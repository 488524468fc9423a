import { IsIn, Matches } from 'class-validator';

/** How pages look on this device. */
export class DisplayForm {
  @IsIn(['auto', 'light', 'dark', 'contrast'], { message: 'forms.error.invalid' })
  scheme: 'auto' | 'light' | 'dark' | 'contrast' = 'auto';

  @IsIn(['normal', 'large', 'larger'], { message: 'forms.error.invalid' })
  text: 'normal' | 'large' | 'larger' = 'normal';

  @IsIn(['normal', 'wide'], { message: 'forms.error.invalid' })
  spacing: 'normal' | 'wide' = 'normal';

  @IsIn(['', 'on'], { message: 'forms.error.invalid' })
  calm: '' | 'on' = '';

  /** Ticked: Shift three times leaves no page. A form without the box leaves this way out open. */
  @IsIn(['', 'on'], { message: 'forms.error.invalid' })
  shiftOff: '' | 'on' = '';

  @IsIn(['', 'on'], { message: 'forms.error.invalid' })
  keys: '' | 'on' = '';

  @Matches(/^([a-z]{2})?$/, { message: 'forms.error.invalid' })
  locale = '';

  /** The path to return to. */
  back = '';
}
