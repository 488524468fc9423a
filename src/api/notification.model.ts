import { IsIn, Matches } from 'class-validator';
import { SECTIONS } from '../notifications/preferences/notice-kinds.js';
import { Choice, Flag, Id, RefList, Text, Time, Integer } from './documented.js';

export class NotificationJson {
  @Id('Id of the newest of the notifications in this group.')
  id!: string;

  @Text('What kind it is.')
  kind!: string;

  @Choice(SECTIONS, 'The tab of the inbox that it appears in.')
  section!: string;

  @Text('What happened, in one sentence, in the reader’s language.')
  text!: string;

  @Text('Title of the thread that it is about.', { nullable: true })
  title!: string | null;

  @Text('Id of the thread that it is about.', { nullable: true })
  threadId!: string | null;

  @Integer('Number of the post that it is about.', { nullable: true })
  number!: number | null;

  @Integer('How many notifications are grouped: replies in one thread form one group.')
  count!: number;

  @Flag('Not read yet.')
  unread!: boolean;

  @Time('When it came.')
  createdAt!: string;

  @Text('Page that it opens.', { format: 'uri' })
  page!: string;
}

export class NotificationsJson {
  @RefList(() => NotificationJson, 'Newest first, 30 at a time.')
  items!: NotificationJson[];

  @Text('The next page’s `after`; null on the last.', { nullable: true })
  next!: string | null;
}

export class NotificationQuery {
  @Choice(SECTIONS, 'One tab of the inbox.', { optional: true })
  @IsIn(['', ...SECTIONS])
  section: (typeof SECTIONS)[number] | '' = '';

  @Text('`next` of the previous page.', { optional: true })
  @Matches(/^([1-9]\d{0,17})?$/)
  after = '';
}
