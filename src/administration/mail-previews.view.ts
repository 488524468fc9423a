import type { Translator } from '../i18n/translator.js';
import type { MailPreview } from '../mail/mail-previews.js';

/** A preview as a row of a mailbox. */
interface MailPreviewRow {
  /** The kind of email. */
  label: string;
  href: string;
  sender: string;
  subject: string;
  preview: string;
}

function mailPreviewRow(
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

export interface MailPreviewsView {
  previews: MailPreviewRow[];
}

export function mailPreviewsView(
  previews: readonly MailPreview[],
  i18n: Translator,
): MailPreviewsView {
  return { previews: previews.map((each) => mailPreviewRow(each, i18n)) };
}

export interface MailPreviewView extends MailPreviewRow {
  body: string;
}

export function mailPreviewView(preview: MailPreview, i18n: Translator): MailPreviewView {
  return { ...mailPreviewRow(preview, i18n), body: preview.text };
}
