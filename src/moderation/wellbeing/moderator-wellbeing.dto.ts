import { ArrayUnique, IsIn, MaxLength } from 'class-validator';
import { CONTENT_NOTES } from '../../content/content-notes.js';
import { COMPLAINTS, CONCERNS } from '../../review/review-targets.js';

/** Topics that a moderator can mute: content notes, as `note.` plus the note. */
export const NOTE_TOPICS = CONTENT_NOTES.map((note) => `note.${note}`);

/** Topics that a moderator can mute: reasons for review, as `source.reason`. */
export const REASON_TOPICS = [
  ...Object.keys(CONCERNS).map((reason) => `concern.${reason}`),
  ...Object.keys(COMPLAINTS).map((reason) => `report.${reason}`),
];
const TOPICS = [...NOTE_TOPICS, ...REASON_TOPICS];

export class WellbeingForm {
  static readonly repeated: readonly string[] = ['topics'];

  @IsIn(TOPICS, { each: true, message: 'forms.error.invalid' })
  @ArrayUnique({ message: 'forms.error.invalid' })
  topics: string[] = [];

  @IsIn(['', 'on'], { message: 'forms.error.invalid' })
  mail: '' | 'on' = '';
}

const LONG = { message: 'moderation.error.debrief-long' };

/** Five short answers that only their author can read. */
export class DebriefForm {
  @MaxLength(500, LONG)
  happened = '';

  @MaxLength(500, LONG)
  felt = '';

  @MaxLength(500, LONG)
  helped = '';

  @MaxLength(500, LONG)
  harder = '';

  @MaxLength(500, LONG)
  need = '';
}
