import { writeCompiledEmails } from '../mail/compiled-emails.js';
import { MailTemplates } from '../mail/mail-templates.js';
import { fromMjml } from '../mail/mjml.js';
import { command } from './command.js';

await command(
  {
    name: 'compile-emails',
    usage: 'npm run build',
    about: 'Compiles the emails, so that a server needs no MJML.',
  },
  async () => {
    const sources = MailTemplates.sources();
    writeCompiledEmails(sources, await fromMjml(sources));
    return `${sources.length} emails are compiled.`;
  },
);
