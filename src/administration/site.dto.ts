import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, Length, MaxLength } from 'class-validator';
import type { FieldValidationError } from '../kernel/errors.js';
import type { SiteRole } from '../accounts/member.entity.js';

export const SITE_ROLES = ['member', 'moderator', 'admin'] as const satisfies readonly SiteRole[];

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

export class SiteRoleForm {
  @Length(3, 24, { message: 'administration.error.no-account' })
  handle = '';

  @IsIn(SITE_ROLES, { message: 'administration.error.choice' })
  role!: SiteRole;

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

  static check({ handle, handleAgain }: MemorialForm): FieldValidationError[] {
    return handle.toLowerCase() === handleAgain.toLowerCase()
      ? []
      : [{ field: 'handleAgain', key: 'administration.error.handle-again' }];
  }
}
