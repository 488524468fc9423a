import { CONTENT_NOTES, ENDINGS } from '../content/content-notes.js';
import { TEXT_LANGUAGES } from '../content/text-language.js';
import { Choice, Flag, Id, RefList, Ref, Text, Texts, Time, Integer } from './documented.js';
import { HelpJson } from './help.model.js';

export const REACTIONS = ['same-boat', 'with-you', 'thank-you', 'helped'] as const;
const FOLDS = ['blocked', 'careful', 'content-notes'] as const;

export class AuthorJson {
  @Text('The name to show: a handle, or an alias for this thread only.')
  name!: string;

  @Flag('The name is an alias. Nothing reveals who it belongs to.')
  alias!: boolean;

  @Text('The author’s role, if they are more than a member.', { nullable: true })
  role!: string | null;
}

export class FoldJson {
  @Choice(FOLDS, 'Why the text is folded until the reader opens it.')
  reason!: (typeof FOLDS)[number];

  @Text('What to show on the fold, in the reader’s language.')
  text!: string;
}

export class QuoteJson {
  @Integer('Number of the quoted post.')
  number!: number;

  @Text('Who wrote it; null if the text is left out.', { nullable: true })
  who!: string | null;

  @Text('Why the text is left out for this reader; null if it is shown.', {
    nullable: true,
  })
  omitted!: string | null;

  @Text('What to show on the fold around it; null if it is open.', { nullable: true })
  fold!: string | null;

  @Text('Safe HTML; empty if it is left out.')
  bodyHtml!: string;
}

export class HeldJson {
  @Text('Why the post is held, in words for its author.')
  why!: string;

  @Time('When the team should have read it.', { nullable: true })
  until!: string | null;

  @Text('How long that currently takes.')
  wait!: string;
}

export class StrategyLinkJson {
  @Text('The strategy’s part of the address.')
  slug!: string;

  @Text('Its name.')
  name!: string;
}

export class MayJson {
  @Flag('Reply to it.')
  reply!: boolean;

  @Flag('Edit it.')
  edit!: boolean;

  @Flag('Withdraw it.')
  withdraw!: boolean;

  @Flag('Give it a reaction.')
  react!: boolean;

  @Flag('Report it to the team.')
  report!: boolean;
}

export class PostJson {
  @Id('Id of the post.')
  id!: string;

  @Id('Id of its thread.')
  threadId!: string;

  @Integer('Its number in the thread, which never changes. The first post is 1.')
  number!: number;

  @Text('Why there is nothing left to read, such as a deleted post; otherwise null.', {
    nullable: true,
  })
  gone!: string | null;

  @Text(
    'Set if the reader’s own filters leave the text out: show this instead. `GET /posts/{id}` has the text.',
    {
      nullable: true,
    },
  )
  filtered!: string | null;

  @Ref(() => FoldJson, 'Set if the text should be folded.', { nullable: true })
  fold!: FoldJson | null;

  @Ref(() => AuthorJson, 'Null for a post that is gone.', { nullable: true })
  author!: AuthorJson | null;

  @Flag('Written by the author of the thread.')
  opener!: boolean;

  @Flag('Written by the member of the token.')
  mine!: boolean;

  @Time('When it was written; null for a post that is gone.', { nullable: true })
  createdAt!: string | null;

  @Time('When its text was last changed.', { nullable: true })
  editedAt!: string | null;

  @Integer('Number of the post that it replies to.', { nullable: true })
  replyTo!: number | null;

  @Texts('Content notes: subjects that some prefer not to read about.', { values: CONTENT_NOTES })
  contentWarnings!: string[];

  @Text('What it is about, in one line, for the fold.')
  summary!: string;

  @Text('Safe HTML; empty if the text is not shown.')
  bodyHtml!: string;

  @Text('The text as typed (Markdown); only for the member’s own posts.', {
    nullable: true,
  })
  body!: string | null;

  @Integer('Version of the text, to be sent with an edit; only for the member’s own posts.', {
    nullable: true,
  })
  version!: number | null;

  @RefList(() => QuoteJson, 'Posts that it quotes.')
  quotes!: QuoteJson[];

  @Texts('Reactions as sentences. They are not scores, so there are no numbers.')
  reactions!: string[];

  @Texts('Reactions that the member gave.', { values: REACTIONS })
  given!: string[];

  @RefList(() => StrategyLinkJson, 'Strategies that it is linked to.')
  strategies!: StrategyLinkJson[];

  @Ref(() => HeldJson, 'Set on the member’s own post while it is held.', {
    nullable: true,
  })
  held!: HeldJson | null;

  @Ref(() => HelpJson, 'Set on the member’s own post if help should be shown with it.', {
    nullable: true,
  })
  help!: HelpJson | null;

  @Ref(() => MayJson, 'What the member can do with it.')
  may!: MayJson;
}

export class PostPageJson {
  @RefList(() => PostJson, 'In order, 20 at a time.')
  items!: PostJson[];

  @Text('The next page’s `after`; null on the last.', { nullable: true })
  next!: string | null;
}

export class PostedJson {
  @Flag('It is held: only its author and the team can see it. Tell the member.')
  held!: boolean;

  @Flag('It was sent before with this `Idempotency-Key`: nothing new was created.')
  again!: boolean;

  @Ref(() => HelpJson, 'Show this before anything else. Null if there is no need for it.', {
    nullable: true,
  })
  help!: HelpJson | null;

  @Ref(() => PostJson, 'The post as its author sees it.')
  post!: PostJson;
}

/** Optional fields for a new or edited text. */
export class TextFacts {
  @Choice(ENDINGS, 'How it ends, shown with the fold. Empty if the author did not say.', {
    optional: true,
  })
  ending?: string;

  @Choice(['', ...TEXT_LANGUAGES], 'The language of the text. Empty to detect it from the text.', {
    optional: true,
  })
  language?: string;

  @Text('The `detailsSeen` of a review, to post the text nevertheless.', { optional: true })
  detailsSeen?: string;
}

/** The complete text of a post, and the other fields that can be changed. */
export class EditBody extends TextFacts {
  @Text('Markdown, at most 20,000 characters.', {
    maxLength: 20_000,
    example: 'I hear you.',
  })
  body!: string;

  @Integer('The version that the edit begins with.', { example: 1 })
  version!: number;

  @Text('The title of the thread, with its opening post; three to 120 characters.', {
    maxLength: 120,
    optional: true,
    example: 'Awake again',
  })
  title?: string;

  @Texts('Content notes; `[]` for none.', { values: CONTENT_NOTES, optional: true })
  contentWarnings?: string[];

  @Text('What is in it, in a line.', { maxLength: 160, optional: true })
  summary?: string;
}

export const CARD_ANSWERS = ['need-now', 'safe', 'hidden'] as const;

export class CardAnswerBody {
  @Choice(CARD_ANSWERS, '`need-now`: somebody is needed now. `safe`: safe for now.', {
    example: 'safe',
  })
  answer!: (typeof CARD_ANSWERS)[number];
}
