import { IsIn, Length, Matches, MaxLength } from 'class-validator';
import { PLACES } from '../search/search-options.js';
import { Choice, Flag, RefList, Ref, Text, Integer } from './documented.js';
import { HelpJson } from './help.model.js';
import { ThreadItemJson } from './thread.model.js';

export class FoundThreadJson extends ThreadItemJson {
  @Integer('Number of the best matching post.')
  number!: number;

  @Text('Words around the match, or the author’s summary if the post is folded by content notes.')
  excerpt!: string;
}

export class FoundStrategyJson {
  @Text('The strategy’s part of the address.')
  slug!: string;

  @Text('Its name.')
  name!: string;

  @Text('What it is, in one sentence.')
  summary!: string;

  @Integer('How many minutes it takes.')
  minutes!: number;
}

export class FoundCommunityJson {
  @Text('The community’s part of the address.')
  slug!: string;

  @Text('Its name.')
  name!: string;

  @Text('What it is for, in one sentence.')
  summary!: string;

  @Flag('The member of the token has joined it.')
  joined!: boolean;
}

export class SearchJson {
  @Ref(() => HelpJson, 'Show this before any results. Null if there is no need for it.', {
    nullable: true,
  })
  help!: HelpJson | null;

  @RefList(() => FoundThreadJson, 'Threads, if they were searched.')
  threads!: FoundThreadJson[];

  @RefList(() => FoundStrategyJson, 'Strategies, if they were searched.')
  strategies!: FoundStrategyJson[];

  @RefList(() => FoundCommunityJson, 'Communities, if they were searched.')
  communities!: FoundCommunityJson[];

  @Text('The corrected words that were searched for; null if there was no correction.', {
    nullable: true,
  })
  corrected!: string | null;

  @Flag('Nothing contains all of the words, so the results contain some of them.')
  loose!: boolean;

  @Text('The next page’s `after`; null on the last.', { nullable: true })
  next!: string | null;
}

export class SearchQueryJson {
  @Text('Words to search for. They are neither stored nor logged.', { example: 'sleep' })
  @Length(1, 200)
  q = '';

  @Choice(PLACES, 'Where to search.', { optional: true })
  @IsIn(PLACES)
  in: (typeof PLACES)[number] = 'threads';

  @Text('Slug of a community, to search only there.', { optional: true })
  @MaxLength(60)
  community = '';

  @Text('`next` of the previous page.', { optional: true })
  @Matches(/^[\w-]{0,900}$/)
  after = '';
}
