/** What of a mail is not simply its writer's text, by its MIME structure. */
export interface MimeStructure {
  /** The mail without attachments and the messages that it forwards, its bytes as Latin-1. */
  readonly own: string;
  /**
   * What a mail program shows beside its text: forwarded messages, and HTML after a plain text.
   * Each can be parsed as a mail; bytes as Latin-1.
   */
  readonly beside: readonly string[];
  /** How many attachments it has, without signatures. */
  readonly files: number;
  /** It shows a text file in place. */
  readonly showsFile: boolean;
  /** It has a text in HTML with no plain text before it or in its place. */
  readonly htmlAlone: boolean;
}

interface Part {
  /** Where the line of the boundary before it begins. */
  readonly line: number;
  readonly start: number;
  /** Where its body begins. */
  readonly body: number;
  readonly end: number;
  readonly type: string;
  readonly disposition: string;
  readonly named: boolean;
  readonly boundary: string;
}

const DEEPEST = 8;
const MOST_PARTS = 200;

/**
 * Time grows with the length of the mail.
 * @param raw the whole mail, its bytes as Latin-1
 */
export function readStructure(raw: string): MimeStructure {
  const edits: (readonly [from: number, to: number, instead: string])[] = [];
  const beside: string[] = [];
  const found = { showsFile: false, htmlAlone: false, parts: 0, files: 0 };

  /** @returns whether it has a plain text that is not empty */
  const visit = (part: Part, depth: number, plainBefore: boolean): boolean => {
    found.parts += 1;
    if (part.disposition === 'attachment' || !/^(?:text|multipart|message)\//.test(part.type)) {
      if (!part.type.endsWith('-signature')) found.files += 1;
      if (depth > 0) edits.push([part.line, part.end, '']);
      return false;
    }
    if (/^message\/(?:rfc822|global)$/.test(part.type)) {
      edits.push([part.line, part.end, '']);
      beside.push(raw.slice(part.body, part.end));
      found.showsFile = true;
      return false;
    }
    if (part.type === 'text/plain') {
      found.showsFile ||= part.named;
      return /\S/.test(raw.slice(part.body, part.end));
    }
    if (part.type === 'text/html') {
      if (plainBefore) beside.push(raw.slice(part.start, part.end));
      else found.htmlAlone = true;
      return false;
    }
    if (!part.type.startsWith('multipart/') || part.boundary === '' || depth > DEEPEST)
      return false;
    return visitAll(part, depth, plainBefore);
  };
  const visitAll = (part: Part, depth: number, plainBefore: boolean): boolean => {
    const [alone, shown] = [found.htmlAlone, beside.length];
    const alternative = part.type === 'multipart/alternative';
    let plain = false;
    const parts = partsOf(raw, part).slice(0, Math.max(0, MOST_PARTS - found.parts));
    for (const each of parts)
      plain = visit(each, depth + 1, plainBefore || (plain && !alternative)) || plain;
    // Of alternatives the plain text stands for the others.
    if (alternative && plain) {
      found.htmlAlone = alone;
      beside.length = shown;
    } else if (alternative) {
      // mailparser makes no text of HTML that is an alternative, were it to an empty text.
      const at = raw.slice(part.start, part.body).toLowerCase().indexOf(part.type);
      if (at >= 0)
        edits.push([part.start + at, part.start + at + part.type.length, 'multipart/mixed']);
    }
    return plain;
  };

  visit(partAt(raw, 0, 0, raw.length), 0, false);
  let own = '';
  let at = 0;
  for (const [from, to, instead] of edits.sort(([a], [b]) => a - b)) {
    own += raw.slice(at, from) + instead;
    at = to;
  }
  const { showsFile, htmlAlone, files } = found;
  return { own: own + raw.slice(at), beside, files, showsFile, htmlAlone };
}

function partAt(raw: string, line: number, start: number, end: number): Part {
  const blank = /^\r?\n|\r?\n\r?\n/g;
  blank.lastIndex = start;
  const gap = raw.startsWith('\n', start) || raw.startsWith('\r\n', start) ? null : blank.exec(raw);
  const body = gap === null ? start : Math.min(end, gap.index + gap[0].length);
  const fields = new Map<string, string>();
  const head = gap === null ? '' : raw.slice(start, Math.min(end, gap.index));
  for (const line of head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if (/^content-(?:type|disposition)$/.test(name) && !fields.has(name))
      fields.set(name, line.slice(colon + 1).trim());
  }
  const type = fields.get('content-type') ?? 'text/plain';
  const disposition = fields.get('content-disposition') ?? '';
  const [, quoted, bare] = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(type) ?? [];
  return {
    line,
    start,
    body,
    end,
    type: wordOf(type),
    disposition: wordOf(disposition),
    named: /;\s*(?:file)?name[*\d]*\s*=/i.test(`${type};${disposition}`),
    boundary: quoted ?? bare ?? '',
  };
}

function wordOf(field: string): string {
  return (field.split(';')[0] ?? '').trim().toLowerCase();
}

/** Parts between the lines of a boundary; text before the first and after the last is none. */
function partsOf(raw: string, { body, end, boundary }: Part): Part[] {
  const line = `--${boundary}`;
  const parts: Part[] = [];
  let start = -1;
  let previous = -1;
  let at = raw.startsWith(line, body) ? body : after(raw, `\n${line}`, body);
  while (at >= 0 && at < end) {
    if (start >= 0) {
      const before = raw.charAt(at - 2) === '\r' ? at - 2 : at - 1;
      parts.push(partAt(raw, previous, start, Math.max(start, before)));
    }
    previous = at;
    const rest = at + line.length;
    if (raw.startsWith('--', rest)) return parts;
    const newline = raw.indexOf('\n', rest);
    start = newline < 0 ? end : newline + 1;
    at = after(raw, `\n${line}`, start - 1);
  }
  // A mail that was cut off on its way has no last line.
  if (start >= 0 && start < end) parts.push(partAt(raw, previous, start, end));
  return parts;
}

function after(raw: string, line: string, from: number): number {
  const at = raw.indexOf(line, from);
  return at < 0 ? -1 : at + 1;
}
