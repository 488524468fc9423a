import { execFile, spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { eventually } from './eventually.js';

/** Where `.ci/mail-servers` unpacked Postfix, Exim and OpenSMTPD. */
export const MAIL_SERVERS = process.env.MAIL_SERVERS ?? '/var/cache/sameboat-mail-servers';
export const canRunMailServers =
  existsSync(join(MAIL_SERVERS, 'complete')) && process.getuid?.() === 0;

export const MAIL_SERVER_NAMES = ['Postfix', 'Exim', 'OpenSMTPD'] as const;
export type MailServerName = (typeof MAIL_SERVER_NAMES)[number];

/** A real mail server in a chroot, which relays everything to one port on loopback. */
export interface MailServer {
  send(from: string, to: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

const MAIL = [
  'From: Messages <post@boat.example>',
  'To: member@far.example',
  'Subject: You have a message',
  'Message-ID: <one@boat.example>',
  '',
  'Something is waiting for you.',
  '',
].join('\r\n');
const [POSTFIX_USER, EXIM_USER, POSTDROP] = [2001, 2002, 2005];

export function startMailServer(name: MailServerName, sink: number): Promise<MailServer> {
  return { Postfix: startPostfix, Exim: startExim, OpenSMTPD: startOpenSmtpd }[name](sink);
}

function folders(root: string, names: readonly string[], owner: number): void {
  for (const name of names) {
    rmSync(join(root, name), { recursive: true, force: true });
    mkdirSync(join(root, name), { recursive: true });
    chownSync(join(root, name), owner, 0);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A minimal SMTP client. */
async function submit(port: number, from: string, to: readonly string[]): Promise<void> {
  const letters = to.some((address) => /[^\0-\x7f]/.test(address)) ? ' SMTPUTF8' : '';
  const commands = [
    'EHLO mail.boat.example',
    `MAIL FROM:<${from}>${letters}`,
    ...to.map((address) => `RCPT TO:<${address}>`),
    'DATA',
    `${MAIL}.`,
    'QUIT',
  ];
  await new Promise<void>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let heard = '';
    socket.on('error', reject);
    socket.on('close', () => (commands.length === 0 ? resolve() : reject(new Error(heard))));
    socket.on('data', (data) => {
      heard += data.toString();
      for (const [line] of heard.matchAll(/^\d{3} [^\n]*\n/gm)) {
        heard = heard.slice(heard.indexOf(line) + line.length);
        if (/^[45]/.test(line)) socket.destroy(new Error(line));
        else if (commands.length > 0) socket.write(`${commands.shift() ?? ''}\r\n`);
      }
    });
  });
}

function daemon(root: string, command: readonly string[]): ChildProcess {
  // In a separate process group, as Postfix kills its whole group when it stops.
  return spawn('chroot', [root, ...command], { detached: true, stdio: 'ignore' });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-child.pid, 'SIGTERM');
  await ended;
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  await eventually(async () => {
    if (child.exitCode !== null) throw new Error(`the mail server ended (${child.exitCode})`);
    return new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.end(() => resolve(true)));
      socket.on('error', () => resolve(false));
    });
  }, 'a mail server that listens');
}

async function startPostfix(sink: number): Promise<MailServer> {
  const root = join(MAIL_SERVERS, 'postfix');
  const port = await freePort();
  const queues = 'active bounce corrupt defer deferred flush hold incoming maildrop private public';
  const spool = [...queues.split(' '), 'saved', 'trace'].map((each) => `var/spool/postfix/${each}`);
  folders(root, [...spool, 'var/lib/postfix'], POSTFIX_USER);
  folders(root, ['var/spool/postfix/pid'], 0);
  chownSync(join(root, 'var/spool/postfix/maildrop'), POSTFIX_USER, POSTDROP);
  chownSync(join(root, 'var/spool/postfix/public'), POSTFIX_USER, POSTDROP);
  const master = [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    'pickup unix n - n 60 1 pickup',
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'rewrite unix - - n - - trivial-rewrite',
    ...['bounce', 'defer', 'trace'].map((each) => `${each} unix - - n - 0 bounce`),
    'smtp unix - - n - - smtp',
    ...['error', 'retry'].map((each) => `${each} unix - - n - - error`),
    'anvil unix - - n - 1 anvil',
    'postlog unix-dgram n - n - 1 postlogd',
  ];
  const main = {
    compatibility_level: '3.6',
    queue_directory: '/var/spool/postfix',
    data_directory: '/var/lib/postfix',
    command_directory: '/usr/sbin',
    daemon_directory: '/usr/lib/postfix/sbin',
    shlib_directory: '/usr/lib/postfix',
    mail_owner: 'postfix',
    setgid_group: 'postdrop',
    myhostname: 'mail.boat.example',
    mydestination: '',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    mynetworks: '127.0.0.0/8',
    relayhost: `[127.0.0.1]:${sink}`,
    disable_dns_lookups: 'yes',
    alias_maps: '',
    alias_database: '',
    local_recipient_maps: '',
    smtputf8_enable: 'yes',
    maillog_file: '/var/log/postfix.log',
  };
  writeFileSync(join(root, 'etc/postfix/master.cf'), `${master.join('\n')}\n`);
  writeFileSync(
    join(root, 'etc/postfix/main.cf'),
    Object.entries(main)
      .map(([name, value]) => `${name} = ${value}\n`)
      .join(''),
  );
  const child = daemon(root, ['/usr/lib/postfix/sbin/master', '-d']);
  await listening(port, child);
  return { send: (from, to) => submit(port, from, to), stop: () => stop(child) };
}

/**
 * Exim needs no daemon: each call accepts one email, attempts delivery and generates the bounce.
 */
function startExim(sink: number): Promise<MailServer> {
  const root = join(MAIL_SERVERS, 'exim');
  folders(root, ['var/spool/exim4', 'var/log/exim4'], EXIM_USER);
  mkdirSync(join(root, 'etc/exim4'), { recursive: true });
  const settings = [
    'primary_hostname = mail.boat.example',
    'log_file_path = /var/log/exim4/%slog',
    'host_lookup =',
    'keep_environment =',
    'untrusted_set_sender = *',
    'disable_ipv6',
    'begin routers',
    'all:',
    '  driver = manualroute',
    '  route_list = * 127.0.0.1',
    '  transport = out',
    '  self = send',
    'begin transports',
    'out:',
    '  driver = smtp',
    `  port = ${sink}`,
    '  hosts_try_fastopen = :',
    '  allow_localhost',
  ];
  writeFileSync(join(root, 'etc/exim4/exim4.conf'), `${settings.join('\n')}\n`);
  const send = (from: string, to: readonly string[]): Promise<void> =>
    new Promise((resolve, reject) => {
      const command = [root, '/usr/sbin/exim4', '-odf', '-oi', '-f', from, ...to];
      const child = execFile('chroot', command, (error) =>
        error === null ? resolve() : reject(error as Error),
      );
      child.stdin?.end(MAIL.replaceAll('\r\n', '\n'));
    });
  return Promise.resolve({ send, stop: () => Promise.resolve() });
}

async function startOpenSmtpd(sink: number): Promise<MailServer> {
  const root = join(MAIL_SERVERS, 'opensmtpd');
  const port = await freePort();
  folders(root, ['var/spool/smtpd', 'var/lib/opensmtpd/empty', 'run', 'var/run'], 0);
  chmodSync(join(root, 'var/spool/smtpd'), 0o711);
  mkdirSync(join(root, 'etc/mail'), { recursive: true });
  for (const file of ['etc/mailname', 'etc/mail/mailname'])
    writeFileSync(join(root, file), 'mail.boat.example\n');
  const settings = [
    `listen on 127.0.0.1 port ${port}`,
    `action "out" relay host smtp://127.0.0.1:${sink}`,
    'match from any for any action "out"',
  ];
  writeFileSync(join(root, 'etc/smtpd.conf'), `${settings.join('\n')}\n`);
  const child = daemon(root, ['/usr/sbin/smtpd', '-d', '-f', '/etc/smtpd.conf']);
  await listening(port, child);
  return { send: (from, to) => submit(port, from, to), stop: () => stop(child) };
}

/** The log of a server, for failure messages. */
export function mailServerLog(name: MailServerName): string {
  const file = { Postfix: 'postfix/var/log/postfix.log', Exim: 'exim/var/log/exim4/mainlog' };
  const path = join(MAIL_SERVERS, name === 'OpenSMTPD' ? '' : file[name]);
  return name !== 'OpenSMTPD' && existsSync(path) ? readFileSync(path, 'utf8') : '';
}
