import { IsEmail, Length, MaxLength } from 'class-validator';

export class MemberByMailForm {
  @IsEmail({}, { message: 'administration.member-by-mail.error.email' })
  @MaxLength(254, { message: 'administration.member-by-mail.error.email' })
  email = '';

  @Length(3, 500, { message: 'administration.error.reason' })
  reason = '';
}

export class MemberHelpForm {
  @Length(3, 500, { message: 'administration.error.reason' })
  reason = '';
}
