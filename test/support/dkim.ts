import { createHash, createVerify, type KeyObject } from 'node:crypto';

/**
 * Verifies a DKIM signature (RFC 6376, relaxed canonicalisation) with the public key.
 * @param publicKey of the domain
 * @param raw source of the email
 * @returns the signed header names; null if the signature is invalid
 */
export function signedHeaders(publicKey: KeyObject, raw: string): string[] | null {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  const fields = head
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map(
      (line) =>
        [
          line.slice(0, line.indexOf(':')).toLowerCase().trim(),
          line
            .slice(line.indexOf(':') + 1)
            .replace(/[ \t]+/g, ' ')
            .trim(),
        ] as const,
    );
  const signature = fields.find(([name]) => name === 'dkim-signature')?.[1] ?? '';
  const tags = Object.fromEntries(
    signature
      .split(';')
      .map((tag) => [
        tag.slice(0, tag.indexOf('=')).trim(),
        tag.slice(tag.indexOf('=') + 1).replace(/\s/g, ''),
      ]),
  );
  const plainBody = `${body
    .replace(/[ \t]+(?=\r\n)/g, '')
    .replace(/[ \t]+/g, ' ')
    .replace(/(\r\n)*$/, '')}\r\n`;
  if (createHash('sha256').update(plainBody).digest('base64') !== tags.bh) return null;
  const names = (tags.h ?? '').split(':');
  const said = names.flatMap((name) =>
    fields
      .filter(([field]) => field === name.toLowerCase())
      .map(([field, value]) => `${field}:${value}\r\n`),
  );
  const own = `dkim-signature:${signature.replace(/b=[^;]*$/, 'b=')}`;
  return createVerify('sha256')
    .update(said.join('') + own)
    .verify(publicKey, tags.b ?? '', 'base64')
    ? names.map((name) => name.toLowerCase())
    : null;
}
