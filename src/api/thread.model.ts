import { IsIn, Matches, MaxLength } from 'class-validator';
import { CONTENT_NOTES } from '../content/content-notes.js';
import { MAX_QUOTES, PAGE_SIZE } from '../posts/post-address.js';
import { SORTS } from '../threads/thread-list.queries.js';
import { Choice, Flag, Id, RefList, Ref, Text, Texts, Time, Integer } from './documented.js';
import { TextFacts } from './post.model.js';

const KINDS = ['support', 'question', 'experience', 'win'] as const;
const REPLY_WISHES = ['listen', 'experiences', 'advice'] as const;
export const LEVELS = ['following', 'muted'] as const;

export class CommunityLinkJson {
  @Text('The community’s part of the address.')
  slug!: string;

  @Text('Its name.')
  name!: string;
}

/** A row of a list. */
export class ThreadItemJson {
  @Id('Id of the thread.')
  id!: string;

  @Text('Its title.')
  title!: string;

  @Text('Who started it: a handle, or an alias for this thread only.')
  author!: string;

  @Ref(() => CommunityLinkJson, 'The community it is in.')
  community!: CommunityLinkJson;

  @Choice(REPLY_WISHES, 'What its author hopes for.')
  replyWish!: string;

  @Texts('Content notes of the first post.', { values: CONTENT_NOTES })
  contentWarnings!: string[];

  @Integer('Number of replies that everyone there can read.')
  replyCount!: number;

  @Flag('It is pinned to the top.')
  pinned!: boolean;

  @Flag('It is closed to replies.')
  locked!: boolean;

  @Time('When it was started.')
  createdAt!: string;

  @Time('When the last post was written.')
  lastPostAt!: string;
}

export class ThreadListJson {
  @RefList(() => ThreadItemJson, 'Pinned threads, on the first page of the whole list.')
  pinned!: ThreadItemJson[];

  @RefList(() => ThreadItemJson, 'In the requested order.')
  items!: ThreadItemJson[];

  @Text('The next page’s `after`; null on the last.', { nullable: true })
  next!: string | null;
}

export class OwnNameJson {
  @Text('The value for `writeAs`.', { example: 'handle' })
  value!: string;

  @Text('The alias; null for the handle.', { nullable: true })
  alias!: string | null;
}

export class ThreadJson {
  @Id('Id of the thread.')
  id!: string;

  @Text('Its title.')
  title!: string;

  @Choice(KINDS, 'What kind of thread it is.')
  kind!: string;

  @Choice(REPLY_WISHES, 'What its author hopes for.')
  replyWish!: string;

  @Text('What to keep in mind when replying, in the reader’s language.')
  guidance!: string;

  @Text('Its topic, one of the community’s.', { nullable: true })
  topic!: string | null;

  @Ref(() => CommunityLinkJson, 'The community it is in.')
  community!: CommunityLinkJson;

  @Choice(['search-engines', 'everybody', 'visitors', 'members'], 'Who can read a reply in it.')
  readers!: string;

  @Flag('Started by the member of the token.')
  mine!: boolean;

  @Flag('It is closed to replies.')
  locked!: boolean;

  @Integer('Minutes that a member has to wait between replies; 0 for none.')
  slowMinutes!: number;

  @Integer('Number of its newest post.')
  lastNumber!: number;

  @Time('When the last post was written.')
  lastPostAt!: string;

  @Flag('The member has saved it.')
  saved!: boolean;

  @Choice(LEVELS, 'Whether the member follows or has muted it; null for neither.', {
    nullable: true,
  })
  level!: string | null;

  @Text('The member’s alias in it.', { nullable: true })
  alias!: string | null;

  @Flag('The member can reply under an alias.')
  mayChooseAlias!: boolean;

  @RefList(
    () => OwnNameJson,
    'If the member has written in it under several names: a reply must say which, in `writeAs`.',
  )
  names!: OwnNameJson[];

  @Flag('A reply must acknowledge the guidelines of the community.')
  mustAcknowledge!: boolean;

  @Text('Why the member cannot reply, in words; null if they can.', { nullable: true })
  hindrance!: string | null;
}

const WORDS_EXAMPLE = 'The nights are long. What do you do when you cannot sleep?';

/** The fields of every new post. */
class NewPostBody extends TextFacts {
  @Text('Markdown, at most 20,000 characters.', {
    maxLength: 20_000,
    example: WORDS_EXAMPLE,
  })
  body!: string;

  @Texts('Content notes: subjects that some prefer not to read about.', {
    values: CONTENT_NOTES,
    optional: true,
  })
  contentWarnings?: string[];

  @Text('What it is about, in one line, for the fold.', { maxLength: 160, optional: true })
  summary?: string;

  @Flag('Post under an alias, if the community allows it.', { optional: true })
  anonymous?: boolean;

  @Flag('The member has read the guidelines. Required once, and again after they change.', {
    optional: true,
    example: true,
  })
  guidelinesAcknowledged?: boolean;
}

export class NewThreadBody extends NewPostBody {
  @Text('Three to 120 characters.', { maxLength: 120, example: 'Awake again' })
  title!: string;

  @Choice(KINDS, 'What kind of thread it is.', { example: 'support' })
  kind!: string;

  @Choice(REPLY_WISHES, 'What its author hopes for.', { example: 'listen' })
  replyWish!: string;

  @Text('A topic of the community; any other value is ignored.', {
    maxLength: 60,
    optional: true,
  })
  topic?: string;
}

export class NewReplyBody extends NewPostBody {
  @Id('Id of the post that it replies to.', {
    optional: true,
    nullable: true,
    example: null,
  })
  replyTo?: string | null;

  @Texts(`Ids of posts of the thread whose words are shown, at most ${MAX_QUOTES}.`, {
    optional: true,
  })
  quotes?: string[];

  @Texts('Slugs of strategies that the reply links to, at most 20.', { optional: true })
  strategies?: string[];

  @Text(
    'The name to reply under, from a member who has written in the thread under several since ' +
      'threads were merged: one of `names`.',
    { maxLength: 20, optional: true },
  )
  writeAs?: string;
}

export class FollowBody {
  @Choice(
    LEVELS,
    '`following` notifies of replies; `muted` keeps it out of lists and notifications.',
    {
      example: 'following',
    },
  )
  @IsIn(LEVELS)
  level!: (typeof LEVELS)[number];
}

export class ThreadListQuery {
  @Choice(SORTS, 'The order: latest activity, newest, or waiting for a first reply.', {
    optional: true,
  })
  @IsIn(SORTS)
  sort: (typeof SORTS)[number] = 'active';

  @Text('A topic of the community.', { optional: true })
  @MaxLength(60)
  topic = '';

  @Text('`next` of the previous page.', { optional: true })
  @Matches(/^(\d{1,17}-[1-9]\d{0,17})?$/)
  after = '';
}

export class PostPageQuery {
  @Text('`next` of the previous page: the number of its last post.', { optional: true })
  @Matches(/^(\d{1,6})?$/)
  after = '';

  /** 1-based. */
  static pageOf({ after }: PostPageQuery): number {
    return Math.floor(Number(after) / PAGE_SIZE) + 1;
  }
}
