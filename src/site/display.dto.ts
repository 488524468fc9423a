import { IsIn, Matches } from 'class-validator';

/** Display settings of this device. */
export class DisplayForm {
  @IsIn(['auto', 'light', 'dark', 'contrast'], { message: 'forms.error.invalid' })
  scheme: 'auto' | 'light' | 'dark' | 'contrast' = 'auto';

  @IsIn(['normal', 'large', 'larger'], { message: 'forms.error.invalid' })
  text: 'normal' | 'large' | 'larger' = 'normal';

  @IsIn(['normal', 'wide'], { message: 'forms.error.invalid' })
  spacing: 'normal' | 'wide' = 'normal';

  @IsIn(['', 'on'], { message: 'forms.error.invalid' })
  calm: '' | 'on' = '';

  /**
   * If checked, pressing Shift three times does not leave the page. Forms without the checkbox keep
   * this exit enabled.
   */
  @IsIn(['', 'on'], { message: 'forms.error.invalid' })
  shiftOff: '' | 'on' = '';

  @IsIn(['', 'on'], { message: 'forms.error.invalid' })
  keys: '' | 'on' = '';

  @Matches(/^([a-z]{2})?$/, { message: 'forms.error.invalid' })
  locale = '';

  /** The path to return to. */
  back = '';
}
