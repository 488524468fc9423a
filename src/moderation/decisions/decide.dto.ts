import { ArrayUnique, IsIn, Matches, MaxLength } from 'class-validator';
import { CONTENT_NOTES } from '../../content/content-notes.js';
import type { FieldValidationError } from '../../kernel/errors.js';
import { ACTIONS, ACTION_FACTS, type Action } from '../core/actions.js';
import { NoteForm } from '../core/note.dto.js';

/** The submitted decision form. */
export class DecideForm {
  static readonly repeated: readonly string[] = ['contentWarnings'];

  @IsIn(ACTIONS, { message: 'moderation.error.action' })
  action!: Action;

  /**
   * A key of the site's rules, `group:<version>:<number>` for a community's own, or the name of a
   * law.
   */
  @MaxLength(120, { message: 'moderation.error.rule-long' })
  rule = '';

  /** The explanation shown to the member concerned. */
  @MaxLength(4_000, { message: 'moderation.error.reason-long' })
  reason = '';

  /** An additional message, for reaching out and for returning a text. */
  @MaxLength(4_000, { message: 'moderation.error.reason-long' })
  message = '';

  @IsIn(CONTENT_NOTES, { each: true, message: 'posts.error.content-warnings' })
  @ArrayUnique({ message: 'posts.error.content-warnings' })
  contentWarnings: string[] = [];

  /** Length of a pause in days; 0 means without end. */
  @Matches(/^(\d{1,3})?$/, { message: 'moderation.error.days' })
  days = '';

  /** Whether the pause blocks writing only, or all access. */
  @IsIn(['', 'read-only', 'suspend'], { message: 'forms.error.invalid' })
  scope: '' | 'read-only' | 'suspend' = '';

  /** The slug of the community to which a thread is moved. */
  @Matches(/^[a-z0-9-]{0,60}$/, { message: 'moderation.error.community' })
  community = '';

  /** The version of the case that the moderator saw, for optimistic locking. */
  @Matches(/^\d{0,9}$/, { message: 'moderation.error.stale' })
  version = '';

  /** Checks the fields that each action needs, for any role. */
  static check({ action, ...form }: DecideForm): FieldValidationError[] {
    const restricts = ACTIONS.includes(action) && ACTION_FACTS[action].restricts;
    const faults: FieldValidationError[] = [];
    const need = (isMissing: boolean, field: keyof DecideForm, key: string): void => {
      if (isMissing) faults.push({ field, key: `moderation.error.${key}` });
    };
    need(restricts && form.reason === '', 'reason', 'reason');
    need(restricts && form.rule === '', 'rule', 'rule');
    need(action === 'add-warning' && form.contentWarnings.length === 0, 'contentWarnings', 'notes');
    need(action === 'reach-out' && form.reason === '' && form.message === '', 'message', 'message');
    need(action === 'suspend' && form.days === '', 'days', 'days');
    return faults;
  }
}

export class TeamMessage extends NoteForm {
  /** The decision to which the message belongs. */
  @Matches(/^[1-9]\d{0,17}$/, { message: 'forms.error.invalid' })
  decision = '';
}
