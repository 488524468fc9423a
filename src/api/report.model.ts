import { REPORT_REASONS } from '../review/review-targets.js';
import { Choice, Ref, Text } from './documented.js';
import { HelpJson } from './help.model.js';

export class ReportBody {
  @Choice(Object.keys(REPORT_REASONS), 'What it is about.', { example: 'other' })
  reason!: string;

  @Text('What the team should know.', { maxLength: 1_000, optional: true })
  note?: string;
}

export class ReportedJson {
  @Text('The number of the report, for the reporter.', { example: 'ABCD2345' })
  number!: string;

  @Text('What to tell the reporter, in their language.')
  text!: string;

  @Ref(() => HelpJson, 'Set for a concern about someone: helplines to pass on.', {
    nullable: true,
  })
  help!: HelpJson | null;
}
