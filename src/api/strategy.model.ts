import { IsIn, Matches, MaxLength } from 'class-validator';
import {
  CHALLENGES,
  ENERGIES,
  KINDS,
  NEEDS,
  PLACES,
  TIMES,
} from '../coping-strategies/core/vocabulary.js';
import { Choice, Flag, RefList, Ref, Text, Texts, Integer } from './documented.js';

export class StrategyItemJson {
  @Text('The strategy’s part of the address.')
  slug!: string;

  @Text('Its name.')
  name!: string;

  @Text('What it is, in one sentence.')
  summary!: string;

  @Integer('How many minutes it takes.')
  minutes!: number;

  @Choice(ENERGIES, 'How much energy it takes.')
  energy!: string;

  @Texts('What it is for.', { values: NEEDS })
  needs!: string[];

  @Texts('What kind it is.', { values: KINDS })
  kinds!: string[];

  @Texts('Where it fits.', { values: PLACES })
  places!: string[];

  @Text('Language, ISO 639-1.')
  language!: string;
}

export class StrategyListJson {
  @RefList(() => StrategyItemJson, 'Shortest first, 24 at a time.')
  items!: StrategyItemJson[];

  @Text('The next page’s `after`; null on the last.', { nullable: true })
  next!: string | null;
}

export class SourceJson {
  @Text('Name of the source.')
  name!: string;

  @Text('Its address.', { format: 'uri' })
  href!: string;
}

export class StrategyJson extends StrategyItemJson {
  @Texts('Its steps.')
  steps!: string[];

  @Text('When it fits.')
  fits!: string;

  @Text('When to choose something else. Show it with the steps.')
  fitsNot!: string;

  @Texts('Times of the day for it.', { values: TIMES })
  times!: string[];

  @Ref(() => SourceJson, 'Where it comes from.', { nullable: true })
  source!: SourceJson | null;

  @Text('Date of its last review.', { nullable: true, format: 'date' })
  reviewedOn!: string | null;

  @Text('Licence of its text.')
  licence!: string;

  @Integer('Version of its text.')
  version!: number;

  @Text('Who it is credited to.', { nullable: true })
  credit!: string | null;

  @Text('Its state: `published` in the library, or another state of the member’s own strategy.')
  status!: string;

  @Flag('It is in the member’s toolkit.')
  saved!: boolean;

  @Flag('The member has hidden it.')
  hidden!: boolean;
}

export class StrategyListQuery {
  @Text('Words to search for.', { optional: true })
  @MaxLength(80)
  q = '';

  @Choice(NEEDS, 'What it is for.', { optional: true })
  @IsIn(['', ...NEEDS])
  need = '';

  @Choice(KINDS, 'What kind it is.', { optional: true })
  @IsIn(['', ...KINDS])
  kind = '';

  @Choice(PLACES, 'Where it fits.', { optional: true })
  @IsIn(['', ...PLACES])
  place = '';

  @Choice(TIMES, 'When it fits.', { optional: true })
  @IsIn(['', ...TIMES])
  time = '';

  @Choice(CHALLENGES, 'What the reader is living with.', { optional: true })
  @IsIn(['', ...CHALLENGES])
  challenge = '';

  @Text('How many minutes it may take.', { optional: true, example: '5' })
  @Matches(/^([1-9]\d{0,2})?$/)
  minutes = '';

  @Choice(ENERGIES, 'How much energy it may take.', { optional: true })
  @IsIn(['', ...ENERGIES])
  energy = '';

  @Text('`next` of the previous page.', { optional: true })
  @Matches(/^(\d{1,3}-[1-9]\d{0,17})?$/)
  after = '';
}
