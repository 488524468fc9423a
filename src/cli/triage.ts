import { readFileSync } from 'node:fs';
import { assessRisk } from '../triage/assess-risk.js';

const text = process.argv.slice(2).join(' ');
if (text.trim() === '' || text === '--help') {
  process.stderr.write(
    'npm run triage -- "text"\n  Says how soon a moderator would read the text, and why.\n',
  );
  process.exit(text === '--help' ? 0 : 2);
}
const messages = new URL('../../views/messages/en/screening.json', import.meta.url);
const { reason } = JSON.parse(readFileSync(messages, 'utf8')) as { reason: Record<string, string> };
const { tier, named, signals, rulesVersion } = assessRisk(text);
const lines = signals.map(
  ({ rule, span: [from, to] }) =>
    `  ${rule.padEnd(28)} "${text.slice(from, to)}": ${reason[rule] ?? 'in another language'}`,
);
process.stdout.write(
  [`${tier}, named ${named} (rules ${rulesVersion})`, ...lines].join('\n') + '\n',
);
