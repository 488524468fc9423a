import { FieldError } from '../../kernel/errors.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { FACTS, LONGEST_PAUSE_BY_COMMUNITY } from '../core/actions.js';
import type { AccessibleCase } from '../core/case-access.js';
import type { Appealed } from './appeal-answers.js';
import type { DecideForm } from './decide.dto.js';
import type { Applied } from './effects.service.js';

/**
 * @throws FieldError where the form lacks what its action needs, or goes beyond the viewer's role
 */
export function checkForm(form: DecideForm, access: AccessibleCase, viewer: Viewer): void {
  const facts = FACTS[form.action];
  const needsReason = facts.restricts || access.kind === 'appeal';
  if (needsReason && form.reason === '') throw new FieldError('reason', 'moderation.error.reason');
  if (facts.restricts && form.rule === '') throw new FieldError('rule', 'moderation.error.rule');
  if (form.action === 'add-warning' && form.contentWarnings.length === 0)
    throw new FieldError('contentWarnings', 'moderation.error.notes');
  if (form.action === 'reach-out' && form.reason === '' && form.message === '')
    throw new FieldError('message', 'moderation.error.message');
  if (form.action !== 'suspend') return;
  if (!/^\d+$/.test(form.days)) throw new FieldError('days', 'moderation.error.days');
  if (
    !isStaff(viewer) &&
    (Number(form.days) === 0 || Number(form.days) > LONGEST_PAUSE_BY_COMMUNITY)
  )
    throw new FieldError('days', 'moderation.error.days-staff', {
      days: LONGEST_PAUSE_BY_COMMUNITY,
    });
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
