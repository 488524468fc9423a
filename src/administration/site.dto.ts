import { Transform } from 'class-transformer';
import { IsBoolean, Length, MaxLength } from 'class-validator';

const ticked = Transform(({ value }: { value: unknown }) => value === 'on');

export class SettingsForm {
  @MaxLength(300, { message: 'administration.error.announcement' })
  announcement = '';

  @ticked
  @IsBoolean()
  signUpsOpen = false;

  @ticked
  @IsBoolean()
  groupRequestsOpen = false;

  @Length(3, 500, { message: 'administration.error.reason' })
  reason = '';
}

export class MemorialForm {
  @Length(3, 24, { message: 'administration.error.no-account' })
  handle = '';

  @Length(3, 24, { message: 'administration.error.handle-again' })
  handleAgain = '';

  @Length(3, 500, { message: 'administration.error.reason' })
  reason = '';
}
