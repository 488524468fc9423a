import { STATUS_CODES } from 'node:http';
import type { Request, Response } from 'express';
import type { Translator } from '../i18n/translator.js';
import { isDatabaseUnwritable } from '../kernel/database-errors.js';
import {
  AppError,
  FieldError,
  InvalidToken,
  MissingScope,
  NotSignedIn,
  TooManyRequests,
  WrongMethod,
} from '../kernel/errors.js';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace Express {
    interface Request {
      /** Members that the API adds to its problem response if the request fails. */
      problem?: Record<string, unknown>;
    }
  }
}

export const PROBLEM_TYPE = 'application/problem+json';

/** An error for API clients (RFC 9457), in the reader's language. */
export interface Problem {
  /** There is no documentation page beyond the status. */
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  /** What is wrong and what to do next, for people. */
  readonly detail: string;
  /** Machine-readable error code. */
  readonly code: string;
  readonly errors?: readonly { field: string; code: string; message: string }[];
  readonly reference?: string;
  /** URL of the helplines, whatever the error is. */
  readonly helplines: string;
}

/** Messages of errors that have no message of their own. */
const KEYS: Record<number, string> = {
  400: 'apps.api.body',
  404: 'errors.404.lead',
  405: 'apps.api.method',
  413: 'errors.413.text',
  415: 'apps.api.media',
  500: 'errors.500.text',
  503: 'errors.503.text',
};

/** @param reference the reference in the log; null if nothing was logged */
export function problemOf(
  error: unknown,
  status: number,
  words: Pick<Translator, 't'>,
  reference: string | null,
): Problem {
  const own = error instanceof AppError && status < 500 ? error : null;
  const key =
    error instanceof NotSignedIn
      ? 'apps.api.no-token'
      : error instanceof WrongMethod
        ? 'apps.api.method'
        : isDatabaseUnwritable(error)
          ? 'errors.unsaved.text'
          : (own?.key ?? KEYS[status] ?? 'errors.422.text');
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: words.t(key, own?.params),
    code: key,
    ...(error instanceof FieldError
      ? {
          errors: error.faults.map(({ field, key: code, params }) => ({
            field,
            code,
            message: words.t(code, params),
          })),
        }
      : {}),
    ...(reference === null ? {} : { reference }),
    helplines: '/api/v1/helplines',
  };
}

/** Sets the headers of an error response to an API client. */
export function problemHeaders(error: unknown, status: number, res: Response): void {
  res.setHeader('Cache-Control', 'no-store');
  const challenge = 'Bearer realm="sameboat"';
  if (error instanceof InvalidToken)
    res.setHeader('WWW-Authenticate', `${challenge}, error="invalid_token"`);
  else if (error instanceof MissingScope)
    res.setHeader(
      'WWW-Authenticate',
      `${challenge}, error="insufficient_scope", scope="${error.scope}"`,
    );
  else if (status === 401) res.setHeader('WWW-Authenticate', challenge);
  if (error instanceof WrongMethod) res.setHeader('Allow', error.allowed.join(', '));
  if (error instanceof TooManyRequests) res.setHeader('Retry-After', String(error.retryAfter));
  if (status === 503) res.setHeader('Retry-After', '30');
}

/** Whether the error response goes to an API client. */
export function isApi(req: Request): boolean {
  return req.path.startsWith('/api/v1/') || req.path.startsWith('/api/openapi');
}
