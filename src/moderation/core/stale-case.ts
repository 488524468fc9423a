import { Conflict } from '../../kernel/errors.js';

/**
 * A colleague acted first, or something new came in since the page was shown. The page of the case
 * says what, and keeps the form as it was filled in.
 */
export class StaleCase extends Conflict {
  constructor() {
    super('moderation.error.moved-on');
  }
}
