import { describeError } from '../kernel/logger.js';

/**
 * What the queue keeps of an error: its name, its code and where it came from. Never its message,
 * which may hold an address or what somebody wrote.
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
 * The part of a stored reason that may be shown; jobs that failed under an earlier version may hold
 * a message.
 */
export function shownReason(reason: string | undefined): string {
  return reason !== undefined && /^[A-Za-z]{1,40}( [\w-]{1,40})?$/.test(reason) ? reason : 'Error';
}
