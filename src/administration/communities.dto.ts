import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsBoolean,
  IsIn,
  IsInt,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import {
  COMMUNITY_ROLES,
  VISIBILITIES,
  type CommunityRole,
  type Visibility,
} from '../communities/community-access.js';
import { DIFFICULTIES, FORMATS, SITUATIONS } from '../communities/community-tags.js';
import { Lines } from '../http/fields.js';

const ticked = Transform(({ value }: { value: unknown }) => value === 'on');
const number = Transform(({ value }: { value: unknown }) =>
  typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : value,
);
/** The guidelines, one on each line. */
const rules = applyDecorators(
  Lines(),
  ArrayMaxSize(20, { message: 'administration.error.rules' }),
  Length(3, 300, { each: true, message: 'administration.error.rules' }),
);

export const PRE_MODERATION = ['none', 'first-posts', 'all'] as const;
export const HOLDS = ['none', 'crisis', 'urgent'] as const;
export const HOLDS_OUTSIDE = ['none', 'crisis', 'urgent', 'watch'] as const;

export class CommunityForm {
  static readonly repeated = ['difficulties', 'situations', 'formats'] as const;

  @Length(2, 80, { message: 'administration.error.name' })
  name = '';

  @Length(3, 200, { message: 'administration.error.summary' })
  summary = '';

  @MaxLength(6_000, { message: 'administration.error.purpose' })
  purpose = '';

  @MaxLength(300, { message: 'administration.error.join-question' })
  joinQuestion = '';

  @Matches(/^[a-z]{2,3}$/, { message: 'administration.error.language' })
  language = 'en';

  @Lines()
  @ArrayMaxSize(12, { message: 'administration.error.topics' })
  @Length(2, 40, { each: true, message: 'administration.error.topics' })
  topics: string[] = [];

  @IsIn(DIFFICULTIES, { each: true, message: 'administration.error.tags' })
  difficulties: string[] = [];

  @IsIn(SITUATIONS, { each: true, message: 'administration.error.tags' })
  situations: string[] = [];

  @IsIn(FORMATS, { each: true, message: 'administration.error.tags' })
  formats: string[] = [];

  @ticked
  @IsBoolean()
  sensitive = false;

  @ticked
  @IsBoolean()
  aliasesAllowed = false;

  @ticked
  @IsBoolean()
  mentionsAllowed = false;

  @ticked
  @IsBoolean()
  pollsAllowed = false;

  @ticked
  @IsBoolean()
  visitsAllowed = false;

  @ticked
  @IsBoolean()
  searchEngines = false;

  @IsIn(PRE_MODERATION, { message: 'administration.error.choice' })
  preModeration: (typeof PRE_MODERATION)[number] = 'first-posts';

  @IsIn(HOLDS, { message: 'administration.error.choice' })
  holdOnShift: (typeof HOLDS)[number] = 'crisis';

  @IsIn(HOLDS_OUTSIDE, { message: 'administration.error.choice' })
  holdOutside: (typeof HOLDS_OUTSIDE)[number] = 'crisis';

  @number
  @IsInt({ message: 'administration.error.first-posts' })
  @Min(1, { message: 'administration.error.first-posts' })
  @Max(50, { message: 'administration.error.first-posts' })
  firstPostsCount = 3;

  @number
  @IsInt({ message: 'administration.error.waiting-hours' })
  @Min(1, { message: 'administration.error.waiting-hours' })
  @Max(720, { message: 'administration.error.waiting-hours' })
  supportersAfterHours = 12;

  @number
  @IsInt({ message: 'administration.error.waiting-hours' })
  @Min(1, { message: 'administration.error.waiting-hours' })
  @Max(720, { message: 'administration.error.waiting-hours' })
  moderatorsAfterHours = 24;
}

export class GuidelinesForm {
  @rules
  rules: string[] = [];
}

export class NewCommunityForm extends CommunityForm {
  @Matches(/^[a-z0-9][a-z0-9-]{1,48}$/, { message: 'administration.error.slug' })
  slug = '';

  @rules
  rules: string[] = [];
}

export class WelcomeForm {
  @MaxLength(4_000, { message: 'administration.error.welcome' })
  welcome = '';
}

export class OrientationForm {
  @Length(3, 120, { message: 'administration.error.title' })
  title = '';

  @Length(1, 8_000, { message: 'administration.error.body' })
  body = '';
}

export class HoursForm {
  @IsIn(['UTC', ...Intl.supportedValuesOf('timeZone')], { message: 'administration.error.zone' })
  timeZone = 'UTC';

  @MaxLength(300, { message: 'administration.error.outside' })
  outside = '';

  @MaxLength(100, { message: 'administration.error.hours' })
  day1 = '';

  @MaxLength(100, { message: 'administration.error.hours' })
  day2 = '';

  @MaxLength(100, { message: 'administration.error.hours' })
  day3 = '';

  @MaxLength(100, { message: 'administration.error.hours' })
  day4 = '';

  @MaxLength(100, { message: 'administration.error.hours' })
  day5 = '';

  @MaxLength(100, { message: 'administration.error.hours' })
  day6 = '';

  @MaxLength(100, { message: 'administration.error.hours' })
  day7 = '';
}

export class ReasonForm {
  @Length(3, 500, { message: 'administration.error.reason' })
  reason = '';
}

export class VisibilityForm extends ReasonForm {
  @IsIn(VISIBILITIES, { message: 'administration.error.choice' })
  to: Visibility = 'members';

  @ticked
  @IsBoolean()
  @IsIn([true], { message: 'administration.error.understood' })
  understood = false;
}

export class RoleForm extends ReasonForm {
  @Length(3, 24, { message: 'administration.error.no-member' })
  handle = '';

  @IsIn(COMMUNITY_ROLES, { message: 'administration.error.choice' })
  role: CommunityRole = 'member';
}

export class HandOverForm extends ReasonForm {
  @Length(3, 24, { message: 'administration.error.no-member' })
  from = '';

  @Length(3, 24, { message: 'administration.error.no-member' })
  to = '';
}
