import { RefList, Ref, Text, Integer } from './documented.js';
import { HelpJson } from './help.model.js';

export class FieldProblemJson {
  @Text('Name of the field.')
  field!: string;

  @Text('What is wrong with it, for programs.')
  code!: string;

  @Text('What is wrong with it, in the language of the reader.')
  message!: string;
}

export class FoundDetailJson {
  @Text('What was found, in words.')
  what!: string;

  @Text('Why it may matter.')
  why!: string;

  @Text('As it was written; empty for what is better not said again.')
  words!: string;
}

export class EditedTextJson {
  @Text('Title.')
  title!: string;

  @Text('Text.')
  body!: string;

  @Text('Summary.')
  summary!: string;

  @Text('Goes with this text.')
  detailsSeen!: string;
}

export class ReviewJson {
  @RefList(() => FoundDetailJson, 'Details that could show who somebody is, or could hurt others.')
  found!: FoundDetailJson[];

  @Ref(() => EditedTextJson, 'The text without them, ready to send.')
  edited!: EditedTextJson;

  @Text('Send the same text again with this, to post it as it is.')
  detailsSeen!: string;
}

/** RFC 9457. */
export class ProblemJson {
  @Text('Always `about:blank`: the status says what kind it is.')
  type!: string;

  @Text('The status in words.')
  title!: string;

  @Integer('The status.')
  status!: number;

  @Text('What is wrong and what to do next, in the language of the reader.')
  detail!: string;

  @Text('What is wrong, for programs.')
  code!: string;

  @RefList(() => FieldProblemJson, 'Each field that is wrong.', { optional: true })
  errors?: FieldProblemJson[];

  @Ref(() => ReviewJson, 'What the member reviews before the text is posted.', {
    optional: true,
  })
  review?: ReviewJson;

  @Ref(() => HelpJson, 'Set where the words name danger: show it first.', {
    optional: true,
  })
  help?: HelpJson;

  @Text('Reference number of the failure, for the team.', { optional: true })
  reference?: string;

  @Text('Where helplines are, whatever went wrong.')
  helplines!: string;
}
