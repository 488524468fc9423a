import { textOf } from '../http/form-values.js';
import type { InvalidForm } from '../http/form.js';
import { suggestHandle } from './handles.js';

const IDEAS = 4;

/** Handles to choose from that nobody can trace back to a person. */
export function handleIdeas(): string[] {
  return Array.from({ length: IDEAS }, () => suggestHandle());
}

/** The handle whose button was pressed; empty if the form itself was sent. */
function chosenIdea(values: InvalidForm['values']): string {
  return textOf(values.idea);
}

/**
 * The form with the suggested handle filled in, for a browser without scripts.
 * @returns null if none was pressed: the form was sent
 */
export function withIdea(values: InvalidForm['values']): InvalidForm | null {
  const handle = chosenIdea(values);
  return handle === '' ? null : { faults: [], values: { ...values, handle } };
}

/** The status of a page with a filled-in suggestion, which is no faulty form. */
export function ideaStatus(form: InvalidForm | undefined): { status?: 200 } {
  return form !== undefined && chosenIdea(form.values) !== '' ? { status: 200 } : {};
}
