import { Flag, Many, One, Text, Texts } from './documented.js';

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

  @Text('When it answers; null where that was not checked.', { nullable: true })
  hours!: string | null;

  @Texts('Languages: codes of ISO 639, or words where a code says too little.')
  languages!: string[];

  @Text('Whom it is for.')
  audience!: string;

  @Texts('What it is for, beside lines for anyone.')
  topics!: string[];

  @Text('Day on which a person last checked it.', { nullable: true, format: 'date' })
  checkedOn!: string | null;
}

export class EmergencyJson {
  @Text('Number of the emergency services.', { example: '999' })
  phone!: string;

  @Text('What to say beside it, in the language of the reader.')
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
  @Flag('Somebody may be in danger now: show the numbers at once.')
  danger!: boolean;

  @Texts('What to say, in this order, in the language of the reader.')
  text!: string[];

  @Text('When the team will have read the post; empty where that is not known.')
  wait!: string;

  @One(() => EmergencyJson, 'Null where the number of the country is not certain.', {
    nullable: true,
  })
  emergency!: EmergencyJson | null;

  @Many(() => HelplineJson, 'Whom to call, and whom to write to.')
  lines!: HelplineJson[];

  @Many(
    () => OwnLineJson,
    'People and lines of the member’s own emergency card, where the token has `toolkit:read` and ' +
      'the private pages are not locked.',
  )
  own!: OwnLineJson[];

  @Text('Page with all helplines.', { format: 'uri' })
  more!: string;

  @Text('Page on which the member can answer the card; null where there is none.', {
    nullable: true,
    format: 'uri',
  })
  page!: string | null;
}

export class HelplinesJson {
  @Text('The country that the numbers are of, ISO 3166-1.', { example: 'GB' })
  country!: string;

  @Many(() => EmergencyJson, 'Empty where no number is certain.')
  emergency!: EmergencyJson[];

  @Many(() => HelplineJson, 'Lines of the country.')
  lines!: HelplineJson[];

  @Many(() => HelplineJson, 'Directories that name a line in most countries.')
  international!: HelplineJson[];
}
