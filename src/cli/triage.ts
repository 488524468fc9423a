import { assessRisk } from '../triage/assess-risk.js';

const text = process.argv.slice(2).join(' ');
if (text.trim() === '' || text === '--help') {
  process.stderr.write(
    'npm run triage -- "text"\n  Says how soon a moderator would read the text, and why.\n',
  );
  process.exit(text === '--help' ? 0 : 2);
}
const { tier, named, signals, rulesVersion } = assessRisk(text);
const lines = signals.map(
  ({ rule, span: [from, to], why }) => `  ${rule.padEnd(28)} "${text.slice(from, to)}": ${why}`,
);
process.stdout.write(
  [`${tier}, named ${named} (rules ${rulesVersion})`, ...lines].join('\n') + '\n',
);
