import { Global, Module } from '@nestjs/common';
import { Envelopes } from './envelopes.js';
import { MailTemplates } from './mail-templates.js';
import { Mailer } from './mailer.js';
import { MailTransport } from './transport.js';

@Global()
@Module({ providers: [Envelopes, Mailer, MailTemplates, MailTransport], exports: [Envelopes, Mailer, MailTemplates, MailTransport] })
export class MailModule {}
