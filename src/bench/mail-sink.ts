import { SMTPServer } from 'smtp-server';

// Takes mails and counts them, by address: a process of its own, asked over its channel by
// digests.bench.ts.
const got = new Map<string, number>();
/** Mails taken by each second since the first. */
const seconds: number[] = [];
let began = 0;

const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  logger: false,
  onData(stream, session, done) {
    stream.on('data', () => undefined);
    stream.on('end', () => {
      const to = session.envelope.rcptTo[0]?.address ?? '';
      got.set(to, (got.get(to) ?? 0) + 1);
      const now = performance.now();
      if (began === 0) began = now;
      const second = Math.floor((now - began) / 1_000);
      seconds[second] = (seconds[second] ?? 0) + 1;
      done();
    });
  },
});

// A worker that is killed drops its connection; the next one makes its own.
server.on('error', () => undefined);

process.on('message', (word) => {
  if (word === 'forget') {
    got.clear();
    seconds.length = 0;
    began = 0;
  }
  const all = [...got.values()].reduce((sum, count) => sum + count, 0);
  process.send?.({
    all,
    different: got.size,
    seconds: Array.from(seconds, (count: number | undefined) => count ?? 0),
  });
});
process.on('disconnect', () => process.exit(0));

server.listen(0, '127.0.0.1', () => {
  const address = server.server.address();
  process.send?.({ port: typeof address === 'object' && address !== null ? address.port : 0 });
});
