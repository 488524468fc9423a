import type { Request } from 'express';
import { Strategy } from 'passport';

type Done = (error: unknown, user?: Express.User | false) => void;
type Verify = (req: Request, done: Done) => void;

/** A Passport strategy whose callback receives only the request. */
export class RequestStrategy extends Strategy {
  constructor(private readonly verify: Verify) {
    super();
  }

  override authenticate(req: Request): void {
    this.verify(req, (error, user) => {
      if (error !== null && error !== undefined) this.error(error);
      else if (user === undefined || user === false) this.fail(401);
      else this.success(user);
    });
  }
}
