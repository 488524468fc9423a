/**
 * What a service may refuse with. Each carries the answer's status and a message key; the words
 * stand in `views/messages`. Nothing here ever holds what a person wrote.
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

/** Also for what the reader may not know exists. */
export class NotFound extends AppError {
  constructor(key = 'errors.404.lead') {
    super(404, key);
  }
}

/** The reader knows that it exists, and learns what is missing. */
export class Forbidden extends AppError {
  constructor(key: string, params: Record<string, string | number> = {}) {
    super(403, key, params);
  }
}

/** A guest asked for something that belongs to members: the log-in page, with a way back. */
export class NotSignedIn extends AppError {
  constructor() {
    super(401, 'errors.401.lead');
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

/** The form's token is missing or old: the page comes back with everything typed. */
export class StaleForm extends AppError {
  constructor() {
    super(403, 'errors.stale-form.lead');
  }
}

/** The address is known, but not with this method. */
export class WrongMethod extends AppError {
  /** @param allowed methods that are answered there */
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
  /** @param retryAfter seconds until it is worth trying again */
  constructor(readonly retryAfter: number) {
    super(429, 'errors.429.lead', { minutes: Math.max(1, Math.ceil(retryAfter / 60)) });
  }
}

/** The shape was fine, a rule was not: shown beside the field. */
export class FieldError extends AppError {
  constructor(
    readonly field: string,
    key: string,
    params: Record<string, string | number> = {},
  ) {
    super(422, key, params);
  }
}

/** Nothing went wrong, it is only too early: the job comes back, and it was no attempt. */
export class NotYet extends Error {
  /** @param after milliseconds until it is worth coming back */
  constructor(readonly after: number) {
    super('not yet');
    this.name = new.target.name;
  }
}
