import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A recipient's mail server on loopback: replies by local part, and records what it accepts. */
export class SmtpSink {
  readonly received: string[] = [];
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  /** @param replies SMTP replies to `RCPT TO`, by local part; other recipients are accepted */
  constructor(private readonly replies: Readonly<Record<string, string>>) {
    this.server = createServer((socket) => this.serve(socket)).unref();
  }

  /** @returns its port */
  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.setEncoding('utf8');
    let rest = '';
    let inMail = false;
    const take = (): boolean => {
      const end = inMail ? '\r\n.\r\n' : '\r\n';
      const at = rest.indexOf(end);
      if (at < 0) return false;
      const said = rest.slice(0, at);
      rest = rest.slice(at + end.length);
      if (inMail) this.received.push(said.replaceAll('\r\n..', '\r\n.'));
      socket.write(`${inMail ? '250 2.0.0 Ok' : this.replyTo(said)}\r\n`);
      inMail = !inMail && /^DATA/i.test(said);
      return true;
    };
    socket.on('error', () => undefined);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('data', (data) => {
      rest += String(data);
      while (take());
    });
    socket.write('220 mx.far.example ESMTP\r\n');
  }

  private replyTo(command: string): string {
    if (/^EHLO/i.test(command)) return '250-mx.far.example\r\n250-SMTPUTF8\r\n250 8BITMIME';
    if (/^DATA/i.test(command)) return '354 Go on';
    if (/^QUIT/i.test(command)) return '221 2.0.0 Bye';
    const local = /^RCPT TO:<([^@>]*)@/i.exec(command)?.[1] ?? '';
    return this.replies[local] ?? '250 2.0.0 Ok';
  }
}
