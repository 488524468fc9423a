import type { Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

// Accepts mail and counts it by address and Message-ID. Runs in a separate process, queried over
// IPC.
const got = new Map<string, number>();
const copies = new Map<string, number>();
const open = new Set<Socket>();

const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  logger: false,
  onData(stream, session, done) {
    let text = '';
    // The first chunk contains the headers.
    stream.on(
      'data',
      (chunk: Buffer) => (text = text.length > 8_000 ? text : text + String(chunk)),
    );
    stream.on('end', () => {
      const id = /^message-id: *(\S+)/im.exec(text)?.[1] ?? '';
      copies.set(id, (copies.get(id) ?? 0) + 1);
      const to = session.envelope.rcptTo[0]?.address ?? '';
      got.set(to, (got.get(to) ?? 0) + 1);
      done();
    });
  },
});

// A killed worker drops its connection; the next one opens its own.
server.on('error', () => undefined);

server.server.on('connection', (socket: Socket) => {
  open.add(socket);
  socket.on('close', () => open.delete(socket));
});

let port = 0;

process.on('message', (word) => {
  if (word === 'copies') return process.send?.([...copies]);
  if (word === 'away') {
    server.server.close(() => process.send?.({}));
    for (const socket of open) socket.destroy();
    return undefined;
  }
  if (word === 'back') return server.listen(port, '127.0.0.1', () => process.send?.({}));
  if (word === 'forget') got.clear();
  const all = [...got.values()].reduce((sum, count) => sum + count, 0);
  return process.send?.({ all, different: got.size });
});
process.on('disconnect', () => process.exit(0));

server.listen(0, '127.0.0.1', () => {
  const address = server.server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
  process.send?.({ port });
});
