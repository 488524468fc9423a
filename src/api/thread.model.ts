import { IsIn, Matches, MaxLength } from 'class-validator';
import { CONTENT_NOTES } from '../content/content-notes.js';
import { MOST_QUOTES, PAGE_SIZE } from '../posts/post-address.js';
import { SORTS } from '../threads/thread-list.queries.js';
import { Choice, Flag, Id, Many, One, Text, Texts, Time, Whole } from './documented.js';
import { TextFacts } from './post.model.js';

const KINDS = ['support', 'question', 'experience', 'win'] as const;
const REPLY_WISHES = ['listen', 'experiences', 'advice'] as const;
export const LEVELS = ['following', 'muted'] as const;

export class CommunityLinkJson {
  @Text('Names the community in addresses.')
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

  @Text('Who opened it: a handle, or an alias that is good for this thread alone.')
  author!: string;

  @One(() => CommunityLinkJson, 'The community it is in.')
  community!: CommunityLinkJson;

  @Choice(REPLY_WISHES, 'What its author hopes for.')
  replyWish!: string;

  @Texts('Content notes of the opening.', { values: CONTENT_NOTES })
  contentWarnings!: string[];

  @Whole('Replies that everybody there can read.')
  replyCount!: number;

  @Flag('Moderators keep it on top.')
  pinned!: boolean;

  @Flag('It takes no replies.')
  locked!: boolean;

  @Time('When it was opened.')
  createdAt!: string;

  @Time('When something was last posted in it.')
  lastPostAt!: string;
}

export class ThreadListJson {
  @Many(() => ThreadItemJson, 'Pinned threads, on the first page of the whole list.')
  pinned!: ThreadItemJson[];

  @Many(() => ThreadItemJson, 'In the order asked for.')
  items!: ThreadItemJson[];

  @Text('The next page’s `after`; null on the last.', { nullable: true })
  next!: string | null;
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

  @Text('What to keep in mind when replying, in the language of the reader.')
  guidance!: string;

  @Text('The topic of the community that it is about.', { nullable: true })
  topic!: string | null;

  @One(() => CommunityLinkJson, 'The community it is in.')
  community!: CommunityLinkJson;

  @Choice(['search-engines', 'everybody', 'visitors', 'members'], 'Who can read a reply in it.')
  readers!: string;

  @Flag('Opened by the member of the token.')
  mine!: boolean;

  @Flag('It takes no replies.')
  locked!: boolean;

  @Whole('Minutes between two replies of one member; 0 for none.')
  slowMinutes!: number;

  @Whole('Number of its newest post.')
  lastNumber!: number;

  @Time('When something was last posted in it.')
  lastPostAt!: string;

  @Flag('The member saved it.')
  saved!: boolean;

  @Choice(LEVELS, 'Whether the member follows or muted it; null for neither.', { nullable: true })
  level!: string | null;

  @Text('The member’s alias in it.', { nullable: true })
  alias!: string | null;

  @Flag('The member may choose an alias for a reply.')
  mayChooseAlias!: boolean;

  @Flag('A reply has to acknowledge the guidelines of the community.')
  mustAcknowledge!: boolean;

  @Text('What keeps the member from replying, in words; null where they may.', { nullable: true })
  hindrance!: string | null;
}

const WORDS_EXAMPLE = 'The nights are long. What do you do when you cannot sleep?';

/** The fields of every new post. */
class NewPostBody extends TextFacts {
  @Text('Markdown, at most 20,000 characters.', { maxLength: 20_000, example: WORDS_EXAMPLE })
  body!: string;

  @Texts('Content notes: what some prefer not to read.', { values: CONTENT_NOTES, optional: true })
  contentWarnings?: string[];

  @Text('What is in it, in a line, for the fold.', { maxLength: 160, optional: true })
  summary?: string;

  @Flag('Under an alias, where the community allows it.', { optional: true })
  anonymous?: boolean;

  @Flag('The member has read the guidelines. Asked for once, and after they change.', {
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

  @Text('A topic of the community; any other is left out.', { maxLength: 60, optional: true })
  topic?: string;
}

export class NewReplyBody extends NewPostBody {
  @Id('Id of the post that is answered.', { optional: true, nullable: true, example: null })
  replyTo?: string | null;

  @Texts(`Ids of posts of the thread whose words are shown, at most ${MOST_QUOTES}.`, {
    optional: true,
  })
  quotes?: string[];

  @Texts('Slugs of strategies that the reply links to, at most 20.', { optional: true })
  strategies?: string[];
}

export class FollowBody {
  @Choice(LEVELS, '`following` tells of replies; `muted` keeps it out of lists and notices.', {
    example: 'following',
  })
  @IsIn(LEVELS)
  level!: (typeof LEVELS)[number];
}

export class ThreadListQuery {
  @Choice(SORTS, 'The order: last active, newest, or waiting for a first reply.', {
    optional: true,
  })
  @IsIn(SORTS)
  sort: (typeof SORTS)[number] = 'active';

  @Text('A topic of the community.', { optional: true })
  @MaxLength(60)
  topic = '';

  @Text('`next` of the page before.', { optional: true })
  @Matches(/^(\d{1,17}-[1-9]\d{0,17})?$/)
  after = '';
}

export class PostPageQuery {
  @Text('`next` of the page before: the number of its last post.', { optional: true })
  @Matches(/^(\d{1,6})?$/)
  after = '';

  /** 1-based. */
  static pageOf({ after }: PostPageQuery): number {
    return Math.floor(Number(after) / PAGE_SIZE) + 1;
  }
}
