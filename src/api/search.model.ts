import { IsIn, Length, Matches, MaxLength } from 'class-validator';
import { PLACES } from '../search/search-options.js';
import { Choice, Flag, Many, One, Text, Whole } from './documented.js';
import { HelpJson } from './help.model.js';
import { ThreadItemJson } from './thread.model.js';

export class FoundThreadJson extends ThreadItemJson {
  @Whole('Number of the post that fits best.')
  number!: number;

  @Text('Words around what was found, or the author’s summary where content notes fold the post.')
  excerpt!: string;
}

export class FoundStrategyJson {
  @Text('Names the strategy in addresses.')
  slug!: string;

  @Text('Its name.')
  name!: string;

  @Text('What it is, in a sentence.')
  summary!: string;

  @Whole('Minutes that it takes.')
  minutes!: number;
}

export class FoundCommunityJson {
  @Text('Names the community in addresses.')
  slug!: string;

  @Text('Its name.')
  name!: string;

  @Text('What it is for, in a sentence.')
  summary!: string;

  @Flag('The member of the token has joined it.')
  joined!: boolean;
}

export class SearchJson {
  @One(() => HelpJson, 'Show it before any results. Null where nothing calls for it.', {
    nullable: true,
  })
  help!: HelpJson | null;

  @Many(() => FoundThreadJson, 'Threads, where they were searched.')
  threads!: FoundThreadJson[];

  @Many(() => FoundStrategyJson, 'Strategies, where they were searched.')
  strategies!: FoundStrategyJson[];

  @Many(() => FoundCommunityJson, 'Communities, where they were searched.')
  communities!: FoundCommunityJson[];

  @Text('The words that were searched for instead; null where they were not corrected.', {
    nullable: true,
  })
  corrected!: string | null;

  @Flag('Nothing has all of the words: any of them was enough.')
  loose!: boolean;

  @Text('The next page’s `after`; null on the last.', { nullable: true })
  next!: string | null;
}

export class SearchQueryJson {
  @Text('Words to search for. They are neither kept nor logged.', { example: 'sleep' })
  @Length(1, 200)
  q = '';

  @Choice(PLACES, 'Where to search.', { optional: true })
  @IsIn(PLACES)
  in: (typeof PLACES)[number] = 'threads';

  @Text('Slug of a community, to search in it alone.', { optional: true })
  @MaxLength(60)
  community = '';

  @Text('`next` of the page before.', { optional: true })
  @Matches(/^[\w-]{0,900}$/)
  after = '';
}
