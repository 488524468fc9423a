import { throwIfInvalid } from '../../kernel/errors.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { ACTION_FACTS, MAX_COMMUNITY_PAUSE_DAYS } from '../core/actions.js';
import type { AccessibleCase } from '../core/case-access.js';
import type { AppealedDecision } from './appeal-answers.js';
import { DecideForm } from './decide.dto.js';
import type { AppliedDecision } from './effects.service.js';

/**
 * @throws FieldError if the form lacks a field that its action needs, or exceeds the viewer's role
 */
export function checkForm(form: DecideForm, access: AccessibleCase, viewer: Viewer): void {
  const faults = DecideForm.check(form);
  if (access.kind === 'appeal' && form.reason === '' && !ACTION_FACTS[form.action].restricts)
    faults.push({ field: 'reason', key: 'moderation.error.reason' });
  const days = Number(form.days);
  if (
    form.action === 'suspend' &&
    form.days !== '' &&
    !isStaff(viewer) &&
    (days === 0 || days > MAX_COMMUNITY_PAUSE_DAYS)
  )
    faults.push({
      field: 'days',
      key: 'moderation.error.days-staff',
      params: { days: MAX_COMMUNITY_PAUSE_DAYS },
    });
  throwIfInvalid(faults);
}

/** How the case was detected, in the terms of the statement of reasons. */
export function detectionSource(sources: string[]): string {
  const automatic = sources.some(
    (source) => source === 'triage' || source === 'rule' || source === 'hold',
  );
  const people = sources.some((source) => source === 'report' || source === 'concern');
  if (automatic && people) return 'both';
  return automatic ? 'screening' : people ? 'report' : 'check';
}

/**
 * Whether the member concerned receives a statement. The author is not told of a report that was
 * dismissed, but is told when a held or hidden post becomes visible.
 */
export function notifiesMember(
  form: DecideForm,
  applied: AppliedDecision,
  appealed: AppealedDecision | null,
): boolean {
  if (form.action !== 'dismiss' && form.action !== 'publish')
    return ACTION_FACTS[form.action].notifies;
  return appealed === null && applied.shown;
}
