#!/usr/bin/env bash
# The transport used in tests writes a header that SMTP leaves out.
. "$(dirname "$0")/lib.sh"

packages nodemailer@10.6.1 smtp-server@3.21.6
expected "an email built by streamTransport is the email that SMTP would send"
seen "streamTransport keeps the Bcc header; the SMTP transport leaves it out"

javascript <<'JS'
import nodemailer from 'nodemailer';
import { SMTPServer } from 'smtp-server';

const mail = {
  from: 'team@example.org', to: 'ann@example.org', bcc: 'bo@example.org', subject: 'x', text: 'x',
};
const hasBcc = (message) => (/^bcc:/im.test(message) ? 'has a Bcc line' : 'has none');
const stream = nodemailer.createTransport({ streamTransport: true, buffer: true });
console.log('streamTransport', hasBcc((await stream.sendMail(mail)).message.toString()));

let arrived = '';
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData(data, session, done) {
    data.on('data', (chunk) => { arrived += chunk; });
    data.on('end', () => done());
  },
});
await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
const { port } = server.server.address();
const smtp = nodemailer.createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
await smtp.sendMail(mail);
console.log('SMTP', hasBcc(arrived));
server.close();
JS

shows <<'OUT'
streamTransport has a Bcc line
SMTP has none
OUT
