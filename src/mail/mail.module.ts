import { Global, Module } from '@nestjs/common';
import { DomainRateLimit } from './domain-rate-limit.js';
import { Envelopes } from './envelopes.js';
import { MailTemplates } from './mail-templates.js';
import { Mailer } from './mailer.js';
import { Suppressions } from './suppressions.js';
import { MailTransport } from './transport.js';

@Global()
@Module({
  providers: [DomainRateLimit, Envelopes, Mailer, MailTemplates, MailTransport, Suppressions],
  exports: [Envelopes, Mailer, MailTemplates, MailTransport, Suppressions],
})
export class MailModule {}
