import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { xmlText, xmlTime } from './xml.js';

export interface AtomEntry {
  /** Unique and permanent on this site: `thread-12`. */
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly published: Date;
  readonly updated: Date;
  readonly summary: string;
}

export interface AtomContent {
  /** Unique and permanent on this site. */
  readonly id: string;
  readonly locale: string;
  readonly title: string;
  readonly subtitle: string;
  /** The URL of the feed; null if the URL is secret. */
  readonly self: string | null;
  /** The page with the same content. */
  readonly page: string;
  readonly author: string;
  readonly updated: Date;
  readonly entries: readonly AtomEntry[];
}

export interface AtomDocument {
  readonly xml: string;
  /** Entity tag of the document, including quotes. */
  readonly etag: string;
  readonly updated: Date;
}

/** @param baseUrl the site's URL without a trailing slash */
export function atomDocument(baseUrl: string, content: AtomContent): AtomDocument {
  // Host name and date of the first feed make the ids globally unique (RFC 4151).
  const id = (what: string): string =>
    xmlText(`tag:${new URL(baseUrl).hostname},2026-01-01:${what}`);
  const entries = content.entries.map(
    (entry) => `<entry>
<id>${id(entry.id)}</id>
<title>${xmlText(entry.title)}</title>
<link rel="alternate" type="text/html" href="${xmlText(entry.href)}"/>
<published>${xmlTime(entry.published)}</published>
<updated>${xmlTime(entry.updated)}</updated>
<summary>${xmlText(entry.summary)}</summary>
</entry>
`,
  );
  const self =
    content.self === null
      ? ''
      : `<link rel="self" type="application/atom+xml" href="${xmlText(content.self)}"/>\n`;
  const xml = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${xmlText(content.locale)}">
<id>${id(content.id)}</id>
<title>${xmlText(content.title)}</title>
<subtitle>${xmlText(content.subtitle)}</subtitle>
${self}<link rel="alternate" type="text/html" href="${xmlText(content.page)}"/>
<updated>${xmlTime(content.updated)}</updated>
<author><name>${xmlText(content.author)}</name></author>
${entries.join('')}</feed>
`;
  const hash = createHash('sha256').update(xml).digest('base64url').slice(0, 27);
  return { xml, etag: `"${hash}"`, updated: content.updated };
}

/** The latest of the given times. */
export function latest(first: Date, others: readonly Date[]): Date {
  return others.reduce((last, each) => (each > last ? each : last), first);
}

/** Sets the headers of a feed. @returns the body; empty with 304 if the reader has it cached */
export function atomResponse(
  { xml, etag, updated }: AtomDocument,
  cacheControl: string,
  req: Request,
  res: Response,
): string {
  res.setHeader('ETag', etag);
  res.setHeader('Last-Modified', updated.toUTCString());
  res.setHeader('Cache-Control', cacheControl);
  res.setHeader('X-Robots-Tag', 'noindex');
  res.setHeader('Content-Type', 'application/atom+xml; charset=utf-8');
  if (!isCached(req, etag, updated)) return xml;
  res.status(304);
  return '';
}

// RFC 9110, 13.1: entity tags take precedence over the date.
function isCached(req: Request, etag: string, updated: Date): boolean {
  const tags = req.headers['if-none-match'];
  if (tags !== undefined)
    return tags === '*' || tags.split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
  const since = Date.parse(req.headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && Math.floor(updated.getTime() / 1_000) * 1_000 <= since;
}
