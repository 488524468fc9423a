import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { signedHeaders } from '../../test/support/dkim.js';
import { Clock } from '../kernel/clock.js';
import { ConfigFault, readConfig } from '../kernel/config.js';
import { hasPassword, MailTransport, type Envelope } from './transport.js';

const folder = mkdtempSync(join(tmpdir(), 'sameboat-dkim-'));
const keyFile = join(folder, 'dkim.pem');
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });

const letter: Envelope = {
  from: { name: 'Messages', address: 'post@boat.example' },
  to: 'ann@mail.example',
  subject: 'You have a message',
  text: 'Words, with a “quote”.\n',
  html: '<p>Words.</p>',
  messageId: '<one@boat.example>',
  headers: {
    'List-Unsubscribe': '<https://boat.example/unsubscribe/x>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    'List-Id': '<messages.boat.example>',
  },
  returnPath: 'bounce+0123456789abcdef@boat.example',
};

describe('an email on the wire', () => {
  const met: { raw: string; from: string }[] = [];
  let server: SMTPServer;
  let url: string;

  beforeAll(async () => {
    writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, session, done) => {
        server.emit('data');
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          met.push({
            raw: Buffer.concat(parts).toString('utf8'),
            from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
          });
          done();
        });
      },
    });
    await new Promise<void>((ready) => {
      server.listen(0, '127.0.0.1', () => ready());
    });
    url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await new Promise<void>((closed) => {
      server.close(() => closed());
    });
    rmSync(folder, { recursive: true });
  });

  const open = (env: Record<string, string>): MailTransport =>
    new MailTransport(
      readConfig({ NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40), SMTP_URL: url, ...env }),
      new Clock(),
    );

  async function sent(
    env: Record<string, string>,
    envelope = letter,
  ): Promise<{ raw: string; from: string }> {
    const transport = open(env);
    await transport.send(envelope);
    transport.onApplicationShutdown();
    return met.at(-1) ?? { raw: '', from: '' };
  }

  it('is signed for its domain, including the unsubscribe headers', async () => {
    const { raw, from } = await sent({
      DKIM_DOMAIN: 'boat.example',
      DKIM_PRIVATE_KEY_FILE: keyFile,
    });
    for (const tag of ['d=boat.example;', 's=sameboat;', 'a=rsa-sha256;'])
      expect(raw).toContain(tag);
    expect(signedHeaders(publicKey, raw)).toEqual(
      expect.arrayContaining([
        'from',
        'to',
        'subject',
        'message-id',
        'list-unsubscribe',
        'list-unsubscribe-post',
        'list-id',
      ]),
    );
    expect(signedHeaders(publicKey, raw.replace('One-Click', 'Two-Clicks'))).toBeNull();
    expect(signedHeaders(publicKey, raw.replace('Words', 'Other words'))).toBeNull();
    expect(from).toBe('bounce+0123456789abcdef@boat.example');
  });

  it.each<Record<string, string>>([
    {},
    { DKIM_DOMAIN: 'boat.example', DKIM_PRIVATE_KEY_FILE: keyFile },
  ])('keeps lines that begin with dots: %j', async (env) => {
    const text = '.\n..\nWords.\n.\nMore words.\n';
    const { raw } = await sent(env, { ...letter, text });
    expect(raw).toContain(`\r\n\r\n${text.replaceAll('\n', '\r\n')}\r\n--`);
  });

  it('is not sent before what it is held for, and not at all if that fails', async () => {
    const transport = open({});
    const before = met.length;
    const addressed = new Promise<void>((resolve) => {
      server.once('data', resolve);
    });
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const sending = transport.send(letter, held);
    await addressed;
    // Another one gets past it.
    await sent({});
    expect(met.length).toBe(before + 1);
    release();
    await sending;
    expect(met.length).toBe(before + 2);
    const fault = new Error('not recorded');
    await expect(transport.send(letter, Promise.reject(fault))).rejects.toBe(fault);
    await transport.send(letter);
    expect(met.length).toBe(before + 3);
    transport.onApplicationShutdown();
  });

  it('is sent once if the server closed the connection after the one before', async () => {
    const transport = open({});
    const before = met.length;
    await transport.send(letter);
    for (const connection of server.connections) connection.close();
    await transport.send({ ...letter, text: 'Other words.' });
    expect(met.length).toBe(before + 2);
    expect(met.at(-1)?.raw).toContain('Other words.');
    transport.onApplicationShutdown();
  });

  it('is not signed if no key is configured', async () => {
    expect((await sent({})).raw).not.toContain('DKIM-Signature');
  });

  it.each([
    [{ DKIM_DOMAIN: 'boat.example' }, 'DKIM_PRIVATE_KEY_FILE must be set'],
    [{ DKIM_PRIVATE_KEY_FILE: keyFile }, 'DKIM_DOMAIN must be set'],
    [
      { DKIM_DOMAIN: 'boat.example', DKIM_PRIVATE_KEY_FILE: join(folder, 'none.pem') },
      'DKIM_PRIVATE_KEY_FILE must name a file',
    ],
    [{ MAIL_BOUNCE_ADDRESS: 'bounce@boat.example' }, 'MAIL_INTAKE_SECRET must be set'],
    [{ REPLY_BY_MAIL: 'on' }, 'MAIL_REPLY_ADDRESS must be set'],
  ])('is rejected at start with incomplete settings: %j', (env, fault) => {
    const wrong = (): unknown =>
      readConfig({
        NODE_ENV: 'test',
        SECRET_KEY: 'a'.repeat(40),
        ...(env as Record<string, string>),
      });
    expect(wrong).toThrow(ConfigFault);
    expect(wrong).toThrow(fault);
  });
});

describe('a password for the mail server', () => {
  it.each([
    ['smtp://boat:secret@mail.example.org:587', true],
    ['smtp://boat:secret@192.0.2.7', true],
    ['smtps://boat:secret@mail.example.org', true],
    ['smtp://boat:secret@127.0.0.1:1025', false],
    ['smtp://boat:secret@localhost', false],
    ['smtp://mail.example.org:25', false],
    [undefined, false],
  ])('%s needs TLS: %s', (url, needed) => {
    expect(hasPassword(url)).toBe(needed);
  });

  it('is not sent to a server without TLS', async () => {
    const heard: string[] = [];
    const plain = createServer((socket) => {
      socket.write('220 plain\r\n');
      socket.on('data', (line) => {
        heard.push(String(line));
        socket.write(/^EHLO/.test(String(line)) ? '250-plain\r\n250 AUTH PLAIN\r\n' : '500 no\r\n');
      });
    });
    await new Promise<void>((ready) => plain.listen(0, '127.0.0.1', ready));
    // An address that resolves to this machine but is not recognised as loopback.
    const url = `smtp://boat:secret@0.0.0.0:${(plain.address() as AddressInfo).port}`;
    const transport = new MailTransport(readConfig({ SMTP_URL: url }), new Clock());
    expect(hasPassword(url)).toBe(true);
    expect(await transport.answers()).toBe(false);
    transport.onApplicationShutdown();
    plain.close();
    expect(heard.join('')).toContain('EHLO');
    expect(heard.join('')).not.toContain('AUTH');
  });
});
