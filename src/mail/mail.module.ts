import { Global, Module } from '@nestjs/common';
import { Mailer } from './mailer.js';
import { MailTransport } from './transport.js';

@Global()
@Module({ providers: [Mailer, MailTransport], exports: [Mailer, MailTransport] })
export class MailModule {}
