import { CONTENT_NOTES, ENDINGS } from '../content/content-notes.js';
import { TEXT_LANGUAGES } from '../content/text-language.js';
import { Choice, Flag, Id, Many, One, Text, Texts, Time, Whole } from './documented.js';
import { HelpJson } from './help.model.js';

export const REACTIONS = ['same-boat', 'with-you', 'thank-you', 'helped'] as const;
const FOLDS = ['blocked', 'careful', 'content-notes'] as const;

export class AuthorJson {
  @Text('The name to show: a handle, or an alias that is good for this thread alone.')
  name!: string;

  @Flag('The name is an alias. Nothing says who wrote it.')
  alias!: boolean;

  @Text('The author’s role, where it is more than a member.', { nullable: true })
  role!: string | null;
}

export class FoldJson {
  @Choice(FOLDS, 'Why the text stands behind a fold that the reader opens.')
  reason!: (typeof FOLDS)[number];

  @Text('What to say on the fold, in the language of the reader.')
  text!: string;
}

export class QuoteJson {
  @Whole('Number of the quoted post.')
  number!: number;

  @Text('Who wrote it; null where the text is left out.', { nullable: true })
  who!: string | null;

  @Text('Why the text is left out for this reader; null where it is shown.', { nullable: true })
  omitted!: string | null;

  @Text('What to say on the fold around it; null where it is open.', { nullable: true })
  fold!: string | null;

  @Text('Safe HTML; empty where it is left out.')
  bodyHtml!: string;
}

export class HeldJson {
  @Text('Why the post waits for the team, in words for its author.')
  why!: string;

  @Time('When the team should have read it.', { nullable: true })
  until!: string | null;

  @Text('How long that takes at present.')
  wait!: string;
}

export class StrategyLinkJson {
  @Text('Names the strategy in addresses.')
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

  @Whole('Its number in the thread; it never changes. The opening is 1.')
  number!: number;

  @Text('Why there is nothing to read any more, such as a withdrawn post; else null.', {
    nullable: true,
  })
  gone!: string | null;

  @Text(
    'Set where the reader’s own filters keep the text away: show this. `GET /posts/{id}` has it.',
    {
      nullable: true,
    },
  )
  filtered!: string | null;

  @One(() => FoldJson, 'Set where the text belongs behind a fold.', { nullable: true })
  fold!: FoldJson | null;

  @One(() => AuthorJson, 'Null for a post that is gone.', { nullable: true })
  author!: AuthorJson | null;

  @Flag('Written by the author of the thread.')
  opener!: boolean;

  @Flag('Written by the member of the token.')
  mine!: boolean;

  @Time('When it was written; null for a post that is gone.', { nullable: true })
  createdAt!: string | null;

  @Time('When its text was last changed.', { nullable: true })
  editedAt!: string | null;

  @Whole('Number of the post that it answers.', { nullable: true })
  replyTo!: number | null;

  @Texts('Content notes: what some prefer not to read.', { values: CONTENT_NOTES })
  contentWarnings!: string[];

  @Text('What is in it, in a line, for the fold.')
  summary!: string;

  @Text('Safe HTML; empty where the text is not shown.')
  bodyHtml!: string;

  @Text('The text as it was typed (Markdown), of the member’s own posts alone.', { nullable: true })
  body!: string | null;

  @Whole('Version of the text, which an edit names; of the member’s own posts alone.', {
    nullable: true,
  })
  version!: number | null;

  @Many(() => QuoteJson, 'Posts that it quotes.')
  quotes!: QuoteJson[];

  @Texts('Reactions in sentences. They are no scores, so there are no numbers.')
  reactions!: string[];

  @Texts('Reactions that the member gave.', { values: REACTIONS })
  given!: string[];

  @Many(() => StrategyLinkJson, 'Strategies that it is linked to.')
  strategies!: StrategyLinkJson[];

  @One(() => HeldJson, 'Set on the member’s own post while it waits for the team.', {
    nullable: true,
  })
  held!: HeldJson | null;

  @One(() => HelpJson, 'Set on the member’s own post where help belongs beside it.', {
    nullable: true,
  })
  help!: HelpJson | null;

  @One(() => MayJson, 'What the member may do with it.')
  may!: MayJson;
}

export class PostPageJson {
  @Many(() => PostJson, 'In their order, 20 at a time.')
  items!: PostJson[];

  @Text('The next page’s `after`; null on the last.', { nullable: true })
  next!: string | null;
}

export class PostedJson {
  @Flag('It waits for the team: only its author and the team see it. Tell the member.')
  held!: boolean;

  @Flag('It had been sent before with this `Idempotency-Key`: nothing new was made.')
  again!: boolean;

  @One(() => HelpJson, 'Show it before anything else. Null where nothing calls for it.', {
    nullable: true,
  })
  help!: HelpJson | null;

  @One(() => PostJson, 'The post as its author reads it.')
  post!: PostJson;
}

/** Optional fields for a new or edited text. */
export class TextFacts {
  @Choice(ENDINGS, 'How it ends: said beside the fold. Empty for nothing said.', {
    optional: true,
  })
  ending?: string;

  @Choice(['', ...TEXT_LANGUAGES], 'The language of the text. Empty where the text tells it.', {
    optional: true,
  })
  language?: string;

  @Text('The `detailsSeen` of a review, to post the text nevertheless.', { optional: true })
  detailsSeen?: string;
}

/** The complete text of a post, and the other fields that can be changed. */
export class EditBody extends TextFacts {
  @Text('Markdown, at most 20,000 characters.', { maxLength: 20_000, example: 'I hear you.' })
  body!: string;

  @Whole('The version that the edit begins with.', { example: 1 })
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
