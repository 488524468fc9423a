import { IsIn } from 'class-validator';
import { COUNTRY_CODES } from '../kernel/countries.js';
import { Flag, RefList, Ref, Text, Texts } from './documented.js';

export class HelplineJson {
  @Text('Two letters, ISO 3166-1; ZZ for directories of every country.', { example: 'GB' })
  country!: string;

  @Text('Name of the helpline.')
  name!: string;

  @Text('Telephone number as people read it.', { nullable: true })
  phone!: string | null;

  @Text('The same number as a phone dials it.', { nullable: true })
  tel!: string | null;

  @Text('How to write to it by text message.', { nullable: true })
  sms!: string | null;

  @Text('Address of its chat.', { nullable: true, format: 'uri' })
  chat!: string | null;

  @Text('Opening hours; null if they have not been checked.', { nullable: true })
  hours!: string | null;

  @Texts('Languages: ISO 639 codes, or words if a code is not enough.')
  languages!: string[];

  @Text('Whom it is for.')
  audience!: string;

  @Texts('Its topics; empty for a line for anyone.')
  topics!: string[];

  @Text('Day on which a person last checked it.', { nullable: true, format: 'date' })
  checkedOn!: string | null;
}

export class EmergencyJson {
  @Text('Emergency number.', { example: '999' })
  phone!: string;

  @Text('What to show beside it, in the reader’s language.')
  text!: string;
}

export class OwnLineJson {
  @Text('A line of the member’s own emergency card.')
  text!: string;

  @Text('The number in it.', { nullable: true })
  tel!: string | null;
}

/** Show it first and in full, and do not dismiss it automatically. */
export class HelpJson {
  @Flag('Someone may be in danger now: show the numbers at once.')
  danger!: boolean;

  @Texts('What to show, in this order, in the reader’s language.')
  text!: string[];

  @Text('When the team expects to have read the post; empty if that is not known.')
  wait!: string;

  @Ref(() => EmergencyJson, 'Null if the country’s number is not certain.', {
    nullable: true,
  })
  emergency!: EmergencyJson | null;

  @RefList(() => HelplineJson, 'Who to call or write to.')
  lines!: HelplineJson[];

  @RefList(
    () => OwnLineJson,
    'People and lines of the member’s own emergency card, where the token has `toolkit:read` and ' +
      'the private pages are not locked.',
  )
  own!: OwnLineJson[];

  @Text('Page with all helplines.', { format: 'uri' })
  more!: string;

  @Text('Page on which the member can answer the card; null if there is none.', {
    nullable: true,
    format: 'uri',
  })
  page!: string | null;
}

export class HelplinesQuery {
  @Text('Country of the numbers, ISO 3166-1.', { optional: true, example: 'GB' })
  @IsIn(['', ...COUNTRY_CODES], { message: 'accounts.error.country' })
  country = '';
}

export class HelplinesJson {
  @Text('The country of the numbers, ISO 3166-1.', { example: 'GB' })
  country!: string;

  @RefList(() => EmergencyJson, 'Empty if no number is certain.')
  emergency!: EmergencyJson[];

  @RefList(() => HelplineJson, 'Lines of the country.')
  lines!: HelplineJson[];

  @RefList(() => HelplineJson, 'Directories with helplines in most countries.')
  international!: HelplineJson[];
}
