import { ArrayUnique, IsIn, Matches, MaxLength } from 'class-validator';
import { CONTENT_NOTES } from '../../content/content-notes.js';
import type { FieldFault } from '../../kernel/errors.js';
import { ACTIONS, FACTS, type Action } from '../core/actions.js';
import { NoteForm } from '../core/note.dto.js';

/** A decision as its form sends it. */
export class DecideForm {
  static readonly repeated: readonly string[] = ['contentWarnings'];

  @IsIn(ACTIONS, { message: 'moderation.error.action' })
  action!: Action;

  /** A key of the site's rules, `group:<version>:<number>` for a community's own, or a law's name. */
  @MaxLength(120, { message: 'moderation.error.rule-long' })
  rule = '';

  /** What the member concerned reads. */
  @MaxLength(4_000, { message: 'moderation.error.reason-long' })
  reason = '';

  /** A message beside the reason, for reaching out and for returning a text. */
  @MaxLength(4_000, { message: 'moderation.error.reason-long' })
  message = '';

  @IsIn(CONTENT_NOTES, { each: true, message: 'posts.error.content-warnings' })
  @ArrayUnique({ message: 'posts.error.content-warnings' })
  contentWarnings: string[] = [];

  /** Days of a pause; 0 without end. */
  @Matches(/^(\d{1,3})?$/, { message: 'moderation.error.days' })
  days = '';

  /** Whether the pause takes writing alone, or all that members have. */
  @IsIn(['', 'read-only', 'suspend'], { message: 'forms.error.invalid' })
  scope: '' | 'read-only' | 'suspend' = '';

  /** Where a thread is moved to: a community's slug. */
  @Matches(/^[a-z0-9-]{0,60}$/, { message: 'moderation.error.community' })
  community = '';

  /** The version of the case that the moderator saw. */
  @Matches(/^\d{0,9}$/, { message: 'moderation.error.stale' })
  version = '';

  /** What each action needs, whoever decides. */
  static check({ action, ...form }: DecideForm): FieldFault[] {
    const restricts = ACTIONS.includes(action) && FACTS[action].restricts;
    const faults: FieldFault[] = [];
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
  /** The decision under which it stands. */
  @Matches(/^[1-9]\d{0,17}$/, { message: 'forms.error.invalid' })
  decision = '';
}
