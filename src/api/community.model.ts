import { IsIn, MaxLength } from 'class-validator';
import { LISTED_VISIBILITIES, VISIBILITIES } from '../communities/community-access.js';
import { DIFFICULTIES, FORMATS, SITUATIONS } from '../communities/community-tags.js';
import { Choice, Flag, RefList, Text, Texts, Time, Integer } from './documented.js';

export class CommunityItemJson {
  @Text('The community’s part of the address.')
  slug!: string;

  @Text('Its name.')
  name!: string;

  @Text('What it is for, in one sentence.')
  summary!: string;

  @Choice(VISIBILITIES, 'Who can read it: everyone, members, or members approved by a moderator.')
  visibility!: string;

  @Integer('Members.')
  memberCount!: number;

  @Time('When the last post was written.', { nullable: true })
  lastPostAt!: string | null;

  @Flag('The member of the token has joined it.')
  joined!: boolean;
}

export class CommunitiesJson {
  @RefList(() => CommunityItemJson, 'By name, at most 200.')
  items!: CommunityItemJson[];
}

export class StaffJson {
  @Text('Handle.')
  handle!: string;

  @Text('Role in the community.')
  role!: string;
}

export class CommunityJson {
  @Text('The community’s part of the address.')
  slug!: string;

  @Text('Its name.')
  name!: string;

  @Text('What it is for, in one sentence.')
  summary!: string;

  @Text('What it is for, as safe HTML.')
  purposeHtml!: string;

  @Choice(VISIBILITIES, 'Who can read it: everyone, members, or members approved by a moderator.')
  visibility!: string;

  @Integer('Members.')
  memberCount!: number;

  @Texts('Its guidelines. Joining means agreeing to them, so show them first.')
  rules!: string[];

  @Texts('Topics of its threads.')
  topics!: string[];

  @Flag('It allows aliases.')
  aliasesAllowed!: boolean;

  @Flag('It is closed. Everything in it can still be read.')
  archived!: boolean;

  @RefList(() => StaffJson, 'Who looks after it.')
  staff!: StaffJson[];

  @Flag('The member of the token has joined it.')
  joined!: boolean;

  @Flag('The member has asked to join and is waiting for an answer.')
  asked!: boolean;

  @Text('The question to answer when asking to join; null if there is none.', {
    nullable: true,
  })
  joinQuestion!: string | null;

  @Flag('The member can read its threads.')
  mayRead!: boolean;

  @Flag('The member can start threads in it.')
  mayPost!: boolean;

  @Flag('A post in it must acknowledge its guidelines.')
  mustAcknowledge!: boolean;
}

export class CommunityListQuery {
  @Text('Part of a name, a summary or a topic.', { optional: true })
  @MaxLength(80)
  q = '';

  @Choice(DIFFICULTIES, 'What it is about.', { optional: true })
  @IsIn(['', ...DIFFICULTIES])
  difficulty = '';

  @Choice(SITUATIONS, 'Whom it is for.', { optional: true })
  @IsIn(['', ...SITUATIONS])
  situation = '';

  @Choice(FORMATS, 'What people do in it.', { optional: true })
  @IsIn(['', ...FORMATS])
  format = '';

  @Text('Its language, ISO 639-1.', { optional: true })
  @MaxLength(10)
  language = '';

  @Choice(LISTED_VISIBILITIES, 'Who can read it.', { optional: true })
  @IsIn(['', ...LISTED_VISIBILITIES])
  visibility = '';
}

export class JoinBody {
  @Flag('The member has read the guidelines of the community and agrees to them.', {
    example: true,
  })
  guidelinesAcknowledged!: boolean;

  @Text('The answer to `joinQuestion`, if there is one.', {
    maxLength: 1_000,
    optional: true,
  })
  note?: string;
}

export class MembershipJson {
  @Choice(['joined', 'asked'], '`asked`: a moderator will answer.')
  state!: 'joined' | 'asked';
}
