import { Matches, MaxLength } from 'class-validator';
import { Flag, Id, RefList, Text, Time, Integer } from './documented.js';

export class ToolkitItemJson {
  @Id('Id of the item.')
  id!: string;

  @Text('The strategy of the library; null for an item of the member’s own.', {
    nullable: true,
  })
  strategy!: string | null;

  @Text('Its name; null for a withdrawn strategy to which the member has given no name.', {
    nullable: true,
  })
  name!: string | null;

  @Text('What it is, in one sentence; empty for the member’s own.')
  summary!: string;

  @Text('The member’s own note.')
  note!: string;

  @Integer('How many minutes it takes.', { nullable: true })
  minutes!: number | null;

  @Flag('The strategy was withdrawn from the library. The note stays.')
  gone!: boolean;

  @Time('When it was saved.')
  savedAt!: string;
}

export class ToolkitJson {
  @RefList(() => ToolkitItemJson, 'In the member’s own order, 50 at a time.')
  items!: ToolkitItemJson[];

  @Text('The next page’s `after`; null on the last.', { nullable: true })
  next!: string | null;
}

export class ToolkitQuery {
  @Text('Words to search for, in the member’s own texts too.', { optional: true })
  @MaxLength(80)
  q = '';

  @Text('`next` of the previous page.', { optional: true })
  @Matches(/^([1-9]\d{0,2})?$/)
  after = '';
}

export class SaveBody {
  @Text(
    'A private note, which replaces the previous one; if it is missing or empty, the previous one stays.',
    {
      optional: true,
      maxLength: 4_000,
      example: 'Helps at night',
    },
  )
  note?: string;
}
