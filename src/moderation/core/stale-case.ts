import { Conflict } from '../../kernel/errors.js';

/**
 * The case changed after the page was shown: a colleague acted first, or a new report came in. The
 * page of the case explains the change and keeps the form as filled in.
 */
export class StaleCase extends Conflict {
  constructor() {
    super('moderation.error.moved-on');
  }
}
