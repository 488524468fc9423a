import { refuseFaults } from '../../kernel/errors.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { FACTS, LONGEST_PAUSE_BY_COMMUNITY } from '../core/actions.js';
import type { AccessibleCase } from '../core/case-access.js';
import type { Appealed } from './appeal-answers.js';
import { DecideForm } from './decide.dto.js';
import type { Applied } from './effects.service.js';

/**
 * @throws FieldError where the form lacks what its action needs, or goes beyond the viewer's role
 */
export function checkForm(form: DecideForm, access: AccessibleCase, viewer: Viewer): void {
  const faults = DecideForm.check(form);
  if (access.kind === 'appeal' && form.reason === '' && !FACTS[form.action].restricts)
    faults.push({ field: 'reason', key: 'moderation.error.reason' });
  const days = Number(form.days);
  if (
    form.action === 'suspend' &&
    form.days !== '' &&
    !isStaff(viewer) &&
    (days === 0 || days > LONGEST_PAUSE_BY_COMMUNITY)
  )
    faults.push({
      field: 'days',
      key: 'moderation.error.days-staff',
      params: { days: LONGEST_PAUSE_BY_COMMUNITY },
    });
  refuseFaults(faults);
}

/** How the case was found, as the statement of reasons names it. */
export function foundBy(sources: string[]): string {
  const automatic = sources.some(
    (source) => source === 'triage' || source === 'rule' || source === 'hold',
  );
  const people = sources.some((source) => source === 'report' || source === 'concern');
  if (automatic && people) return 'both';
  return automatic ? 'screening' : people ? 'report' : 'check';
}

/**
 * Whether the member concerned gets a statement. A report that came to nothing is not mentioned to
 * the author; a post that was held or hidden and is shown now is.
 */
export function notifiesMember(
  form: DecideForm,
  applied: Applied,
  appealed: Appealed | null,
): boolean {
  if (form.action !== 'dismiss' && form.action !== 'publish') return FACTS[form.action].notifies;
  return appealed === null && applied.shown;
}
