import { IsIn, Matches, MaxLength } from 'class-validator';
export class NoteForm {
  @Matches(/\S/, { message: 'moderation.error.note' })
  @MaxLength(4_000, { message: 'moderation.error.note-long' })
  body = '';
}

export class SecondPersonForm {
  @IsIn(['agree', 'decline'], { message: 'forms.error.invalid' })
  answer!: 'agree' | 'decline';

  @MaxLength(4_000, { message: 'moderation.error.note-long' })
  note = '';
}
