import { NameServers } from '../first-run/name-servers.js';
import { Messages } from '../i18n/messages.js';
import { checkMailDomain } from '../mail/domain-check.js';
import type { DatabaseVerb } from './backup.js';

export const mailVerbs: Record<string, DatabaseVerb> = {
  'check-mail': {
    help: 'check-mail [--json]    ' + 'checks SPF, DKIM and DMARC of the domain that sends email',
    database: 'none',
    run: async (config, options) => {
      const nameServers = new NameServers();
      const findings = await checkMailDomain(config, (name) => nameServers.txt(name));
      if (options.json === true) return JSON.stringify(findings);
      const messages = new Messages();
      return findings
        .map(({ about, good, says, name }) => {
          const state = messages.text('en', `administration.mail-check.${good ? 'good' : 'look'}`);
          const text = messages.text('en', `administration.mail-check.${about}.${says}`, { name });
          return `${state}: ${text}`;
        })
        .join('\n');
    },
  },
};
