/**
 * An error that services throw to produce an error response, with a status and a message key of
 * `views/messages`. The parameters must never contain text that a person wrote.
 */
export class AppError extends Error {
  constructor(
    readonly status: number,
    readonly key: string,
    readonly params: Record<string, string | number> = {},
  ) {
    super(key);
    this.name = new.target.name;
  }
}

/** Also thrown for anything whose existence the viewer must not learn. */
export class NotFound extends AppError {
  constructor(key = 'errors.404.lead') {
    super(404, key);
  }
}

/**
 * A thread was merged into another one, which the viewer may see: the request is sent on to the same
 * path of that thread, with its form.
 */
export class ThreadMerged extends AppError {
  /** @param place path to send a reader to, if it is known better than from the two ids */
  constructor(
    readonly from: string,
    readonly into: string,
    readonly place?: string,
  ) {
    super(308, 'errors.404.lead');
  }
}

/** For resources that the viewer may know about; the message says what is missing. */
export class Forbidden extends AppError {
  constructor(key: string, params: Record<string, string | number> = {}) {
    super(403, key, params);
  }
}

/** A guest requested a members' page: answered with the log-in page, which redirects back. */
export class NotSignedIn extends AppError {
  constructor() {
    super(401, 'errors.401.lead');
  }
}

/** The access token of an API client is invalid, expired or revoked. */
export class InvalidToken extends AppError {
  constructor() {
    super(401, 'apps.api.invalid-token');
  }
}

/** The access token of an API client lacks a scope. */
export class MissingScope extends AppError {
  /** @param scope the required scope */
  constructor(readonly scope: string) {
    super(403, 'apps.api.scope', { scope });
  }
}

/**
 * A sensitive action requires a recent log-in: the member confirms the password, then it continues.
 */
export class NotReauthenticated extends AppError {
  constructor() {
    super(401, 'accounts.confirm.lead');
  }
}

/** A moderator has not yet set up a second factor. */
export class SecondFactorMissing extends AppError {
  constructor() {
    super(403, 'accounts.second-step.missing');
  }
}

/**
 * The form's token is missing or expired: the response shows the form again with everything typed.
 */
export class StaleForm extends AppError {
  constructor() {
    super(403, 'errors.stale-form.lead');
  }
}

/** The route exists, but does not support this method. */
export class WrongMethod extends AppError {
  /** @param allowed the methods that the route supports */
  constructor(readonly allowed: readonly string[]) {
    super(405, 'errors.405.text');
  }
}

export class Conflict extends AppError {
  constructor(key: string, params: Record<string, string | number> = {}) {
    super(409, key, params);
  }
}

export class TooManyRequests extends AppError {
  /** @param retryAfter seconds until the rate limit allows another request */
  constructor(readonly retryAfter: number) {
    super(429, 'errors.429.lead', { minutes: Math.max(1, Math.ceil(retryAfter / 60)) });
  }
}

/** A validation error of one form field. */
export interface FieldValidationError {
  field: string;
  /** Message key. */
  key: string;
  params?: Record<string, string | number>;
}

/** The site is about to close and is read-only: nobody can publish anything new. */
export class SiteReadOnly extends AppError {
  constructor() {
    super(403, 'errors.read-only.lead');
  }
}

/** The site has closed permanently and its data has been deleted. */
export class SiteClosed extends AppError {
  constructor() {
    super(410, 'errors.410.lead');
  }
}

/** A well-formed form breaks a rule: the error is shown beside the field. */
export class FieldError extends AppError {
  /** All validation errors of the form, this one first. */
  readonly faults: readonly FieldValidationError[];

  constructor(
    readonly field: string,
    key: string,
    params: Record<string, string | number> = {},
    others: readonly FieldValidationError[] = [],
  ) {
    super(422, key, params);
    this.faults = [{ field, key, params }, ...others];
  }
}

/**
 * Rejects a form with all of its validation errors at once, so that nobody has to fix them one by
 * one.
 * @throws FieldError if there are any
 */
export function throwIfInvalid(faults: readonly FieldValidationError[]): void {
  const [first, ...others] = faults;
  if (first !== undefined) throw new FieldError(first.field, first.key, first.params, others);
}

/** Thrown by a job that runs too early: it is delayed without counting as an attempt. */
export class RetryLater extends Error {
  /** @param after milliseconds until the job runs again */
  constructor(readonly after: number) {
    super('not yet');
    this.name = new.target.name;
  }
}
