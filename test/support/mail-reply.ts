import { Messages } from '../../src/i18n/messages.js';
import { readConfig } from '../../src/kernel/config.js';
import { ownMail } from '../../src/reply-by-mail/own-mail.js';

/** The token of a link in one of our emails. */
export const TOKEN = 'dGhpcyBpcyBhIHRva2VuIG9mIGEgdGVzdC4gMTIzNDU';
export const messages = new Messages();

/**
 * Our own parts in a reply to an email about “Awake again (and again)”, on a site that accepts
 * replies by email.
 */
export const own = ownMail(
  readConfig({
    NODE_ENV: 'test',
    BASE_URL: 'https://boat.example',
    MAIL_FROM: 'Messages <post@boat.example>',
    MAIL_INTAKE_SECRET: 'only our mail server knows',
    MAIL_REPLY_ADDRESS: 'reply@boat.example',
    REPLY_BY_MAIL: 'on',
  }),
  messages,
  'Awake again (and again)',
  'blue kettle',
);
