import { Global, Module } from '@nestjs/common';
import { DomainRateLimit } from './domain-rate-limit.js';
import { Envelopes } from './envelopes.js';
import { MailPreviews } from './mail-previews.js';
import { MailTemplates } from './mail-templates.js';
import { Mailer } from './mailer.js';
import { Suppressions } from './suppressions.js';
import { MailTransport } from './transport.js';

@Global()
@Module({
  providers: [
    DomainRateLimit,
    Envelopes,
    Mailer,
    MailPreviews,
    MailTemplates,
    MailTransport,
    Suppressions,
  ],
  exports: [Envelopes, Mailer, MailPreviews, MailTemplates, MailTransport, Suppressions],
})
export class MailModule {}
