import { describeError } from '../kernel/logger.js';

/**
 * The error that the queue stores: name, code and stack of the original. Never its message, which
 * may contain an address or a text.
 */
export class JobFailed extends Error {
  readonly code: string | undefined;

  constructor(error: unknown) {
    const { error: name, code, frames } = describeError(error);
    const responseCode = (error as { responseCode?: unknown } | null)?.responseCode;
    const known =
      typeof responseCode === 'number'
        ? String(responseCode)
        : typeof code === 'string'
          ? code
          : undefined;
    super([name, known].filter((part) => part !== undefined).join(' '));
    this.name = typeof name === 'string' ? name : 'Error';
    this.code = known;
    this.stack = `${this.message}\n${(typeof frames === 'string' ? frames : '')
      .split(' | ')
      .map((frame) => `    ${frame}`)
      .join('\n')}`;
  }
}

/**
 * A stored failure reason for display. Reasons stored by earlier versions may contain a message and
 * are replaced.
 */
export function displayedReason(reason: string | undefined): string {
  return reason !== undefined && /^[A-Za-z]{1,40}( [\w-]{1,40})?$/.test(reason) ? reason : 'Error';
}
