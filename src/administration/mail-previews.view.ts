import type { Translator } from '../i18n/translator.js';
import type { MailPreview } from '../mail/mail-previews.js';

/** A preview as a row of a mailbox. */
export interface MailPreviewRow {
  /** What the email is, in the words of the site. */
  label: string;
  href: string;
  sender: string;
  subject: string;
  preview: string;
}

export function mailPreviewRow(
  { name, sender, subject, preview }: MailPreview,
  i18n: Translator,
): MailPreviewRow {
  return {
    label: i18n.t(`administration.previews.kind.${name}`),
    href: `/admin/mail/previews/${name}`,
    sender,
    subject,
    preview,
  };
}
