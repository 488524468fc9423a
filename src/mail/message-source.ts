import { Readable } from 'node:stream';
import { encode as encodeBase64, wrap as wrapBase64 } from 'nodemailer/lib/base64';
import type MimeNode from 'nodemailer/lib/mime-node';
import { encode as encodePrintable, wrap as wrapPrintable } from 'nodemailer/lib/qp';

/** What a plugin of Nodemailer does with a message before it is sent. */
type MessagePlugin = (mail: { message: MimeNode }, done: () => void) => void;

/**
 * A plugin of Nodemailer that encodes a message whose parts are texts in memory at once, instead of
 * through streams for each part. The message is the same to the byte.
 * @param signed whether Nodemailer signs it (DKIM), for which it reads it as a stream of its own
 */
export function encodeAtOnce(signed: boolean): MessagePlugin {
  return ({ message }, done) => {
    const source = messageSource(message);
    if (source !== null && signed)
      message.stream = (output, _options, ended) => {
        output.write(source);
        ended();
      };
    else if (source !== null) message.createReadStream = () => inOnePiece(source);
    done();
  };
}

function inOnePiece(text: string): Readable {
  return new Readable({
    read() {
      this.push(text, 'utf8');
      this.push(null);
    },
  });
}

/**
 * The source of a message (RFC 5322), as Nodemailer writes it.
 * @returns null if a part is not a text in memory, such as a file
 */
export function messageSource(node: MimeNode): string | null {
  const head = `${node.buildHeaders()}\r\n\r\n`;
  if (node.childNodes.length === 0)
    return typeof node.content === 'string' ? head + encoded(node, node.content) : null;
  const parts = node.childNodes.map(messageSource);
  if (node.content !== undefined || typeof node.boundary !== 'string' || parts.includes(null))
    return null;
  const boundary = `--${node.boundary}`;
  return `${head}${boundary}\r\n${parts.join(`\r\n${boundary}\r\n`)}\r\n${boundary}--\r\n`;
}

function encoded(node: MimeNode, text: string): string {
  switch (node.getTransferEncoding()) {
    case 'quoted-printable':
      return wrapPrintable(encodePrintable(text));
    case 'base64':
      return wrapBase64(encodeBase64(text));
    default:
      return text;
  }
}
