import type { Messages } from '../i18n/messages.js';

/** Placeholder texts for omitted content, in the language of the community. */
export interface ImportMessages {
  /** "[image left out]" */
  image: string;
  /** "[file left out]" */
  file: string;
  /** "[poll left out]" */
  poll: string;
  /** "[address left out]", for a person's address */
  address: string;
  /** "[number left out]", for a telephone number */
  number: string;
  /** For a topic without a title. */
  noTitle: string;
  /** "Anna wrote:", above a quotation. */
  wrote: (name: string) => string;
  /** "Hidden until opened:", above a spoiler. */
  spoiler: string;
}

/** Those that a mail of a list needs. */
export type MailWords = Pick<ImportMessages, 'file' | 'address' | 'number'>;

export function importMessages(messages: Messages, language: string): ImportMessages {
  return {
    image: messages.text(language, 'import.image-left-out'),
    file: messages.text(language, 'import.file-left-out'),
    poll: messages.text(language, 'import.poll-left-out'),
    address: messages.text(language, 'import.address-left-out'),
    number: messages.text(language, 'import.number-left-out'),
    noTitle: messages.text(language, 'import.no-title'),
    wrote: (name) => messages.text(language, 'import.wrote', { name }),
    spoiler: messages.text(language, 'import.spoiler'),
  };
}
