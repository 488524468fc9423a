import { Conflict } from '../../kernel/errors.js';

/**
 * Somebody else was quicker, or something new came in. The case's page says what, and gives the
 * form back as it was filled in.
 */
export class StaleCase extends Conflict {
  constructor() {
    super('moderation.error.moved-on');
  }
}
