/** Parts of an email that are not simply its author's text, by MIME structure. */
export interface MimeStructure {
  /** The email without attachments and forwarded messages, its bytes as Latin-1. */
  readonly own: string;
  /**
   * What mail clients show beside the text: forwarded messages, and HTML after a plain text. Each
   * can be parsed as an email; bytes as Latin-1.
   */
  readonly beside: readonly string[];
  /** Number of attachments, without signatures. */
  readonly files: number;
  /** Whether it shows a text file inline. */
  readonly showsFile: boolean;
  /** Whether it has an HTML text without a plain text before it or as an alternative. */
  readonly htmlAlone: boolean;
}

interface Part {
  /** Start of the boundary line before the part. */
  readonly line: number;
  readonly start: number;
  /** Start of the body. */
  readonly body: number;
  readonly end: number;
  readonly type: string;
  readonly disposition: string;
  readonly named: boolean;
  readonly boundary: string;
}

const MAX_DEPTH = 8;
const MAX_PARTS = 200;

/**
 * Takes time linear in the length of the email.
 * @param raw the whole email, its bytes as Latin-1
 */
export function readStructure(raw: string): MimeStructure {
  const edits: (readonly [from: number, to: number, instead: string])[] = [];
  const beside: string[] = [];
  const summary = { showsFile: false, htmlAlone: false, parts: 0, files: 0 };

  /** @returns whether it has a non-empty plain text */
  const visit = (part: Part, depth: number, plainBefore: boolean): boolean => {
    summary.parts += 1;
    if (part.disposition === 'attachment' || !/^(?:text|multipart|message)\//.test(part.type)) {
      if (!part.type.endsWith('-signature')) summary.files += 1;
      if (depth > 0) edits.push([part.line, part.end, '']);
      return false;
    }
    if (/^message\/(?:rfc822|global)$/.test(part.type)) {
      edits.push([part.line, part.end, '']);
      beside.push(raw.slice(part.body, part.end));
      summary.showsFile = true;
      return false;
    }
    if (part.type === 'text/plain') {
      summary.showsFile ||= part.named;
      return /\S/.test(raw.slice(part.body, part.end));
    }
    if (part.type === 'text/html') {
      if (plainBefore) beside.push(raw.slice(part.start, part.end));
      else summary.htmlAlone = true;
      return false;
    }
    if (!part.type.startsWith('multipart/') || part.boundary === '' || depth > MAX_DEPTH)
      return false;
    return visitAll(part, depth, plainBefore);
  };
  const visitAll = (part: Part, depth: number, plainBefore: boolean): boolean => {
    const [alone, shown] = [summary.htmlAlone, beside.length];
    const alternative = part.type === 'multipart/alternative';
    let plain = false;
    const parts = partsOf(raw, part).slice(0, Math.max(0, MAX_PARTS - summary.parts));
    for (const each of parts)
      plain = visit(each, depth + 1, plainBefore || (plain && !alternative)) || plain;
    // The plain text represents the other alternatives.
    if (alternative && plain) {
      summary.htmlAlone = alone;
      beside.length = shown;
    } else if (alternative) {
      // mailparser does not convert HTML in multipart/alternative to text, even if the plain text
      // is empty.
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
  const { showsFile, htmlAlone, files } = summary;
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

/** The parts between boundary lines; the preamble and the epilogue are ignored. */
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
  // A truncated email has no closing boundary.
  if (start >= 0 && start < end) parts.push(partAt(raw, previous, start, end));
  return parts;
}

function after(raw: string, line: string, from: number): number {
  const at = raw.indexOf(line, from);
  return at < 0 ? -1 : at + 1;
}
