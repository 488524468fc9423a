/**
 * An error that services throw for the response: its status and a message key of `views/messages`.
 * Parameters never hold text that a person wrote.
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

/** Also for what the viewer may not know of. */
export class NotFound extends AppError {
  constructor(key = 'errors.404.lead') {
    super(404, key);
  }
}

/** For what the viewer may know of; the message says what is missing. */
export class Forbidden extends AppError {
  constructor(key: string, params: Record<string, string | number> = {}) {
    super(403, key, params);
  }
}

/** A guest requested a page of members: answered with the log-in page, which returns there. */
export class NotSignedIn extends AppError {
  constructor() {
    super(401, 'errors.401.lead');
  }
}

/** The access token of a program does not work, or not any more. */
export class InvalidToken extends AppError {
  constructor() {
    super(401, 'apps.api.invalid-token');
  }
}

/** The access token of a program may not do this. */
export class MissingScope extends AppError {
  /** @param scope that would be needed */
  constructor(readonly scope: string) {
    super(403, 'apps.api.scope', { scope });
  }
}

/** Something sensitive, and the last log-in is a while ago: the password, then it goes on. */
export class NotReauthenticated extends AppError {
  constructor() {
    super(401, 'accounts.confirm.lead');
  }
}

/** Moderators need a second factor first. */
export class SecondFactorMissing extends AppError {
  constructor() {
    super(403, 'accounts.second-step.missing');
  }
}

/** The form's token is missing or expired: answered with the form and everything typed. */
export class StaleForm extends AppError {
  constructor() {
    super(403, 'errors.stale-form.lead');
  }
}

/** The route exists, but not for this method. */
export class WrongMethod extends AppError {
  /** @param allowed methods of the route */
  constructor(readonly allowed: readonly string[]) {
    super(405, 'errors.405.text');
  }
}

export class Conflict extends AppError {
  constructor(key: string, params: Record<string, string | number> = {}) {
    super(409, key, params);
  }
}

export class TooMany extends AppError {
  /** @param retryAfter seconds until the limit allows another request */
  constructor(readonly retryAfter: number) {
    super(429, 'errors.429.lead', { minutes: Math.max(1, Math.ceil(retryAfter / 60)) });
  }
}

/** What is wrong with a field of a form. */
export interface FieldFault {
  field: string;
  /** Message key. */
  key: string;
  params?: Record<string, string | number>;
}

/** The site is about to close: nothing new can be written for others. */
export class SiteReadOnly extends AppError {
  constructor() {
    super(403, 'errors.read-only.lead');
  }
}

/** The site has closed for good, and holds nothing any more. */
export class SiteClosed extends AppError {
  constructor() {
    super(410, 'errors.410.lead');
  }
}

/** A form is valid but breaks a rule: shown beside the field. */
export class FieldError extends AppError {
  /** Every fault of the form, this one first. */
  readonly faults: readonly FieldFault[];

  constructor(
    readonly field: string,
    key: string,
    params: Record<string, string | number> = {},
    others: readonly FieldFault[] = [],
  ) {
    super(422, key, params);
    this.faults = [{ field, key, params }, ...others];
  }
}

/**
 * Refuses a form with all of its faults, so that nobody mends one to be told of the next.
 * @throws FieldError where there is any
 */
export function refuseFaults(faults: readonly FieldFault[]): void {
  const [first, ...others] = faults;
  if (first !== undefined) throw new FieldError(first.field, first.key, first.params, others);
}

/** It is too early for a job: it is delayed, and this does not count as an attempt. */
export class NotYet extends Error {
  /** @param after milliseconds until the job is run again */
  constructor(readonly after: number) {
    super('not yet');
    this.name = new.target.name;
  }
}
