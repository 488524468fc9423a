import { Module } from '@nestjs/common';
import { BouncesController } from './bounces.controller.js';

@Module({ controllers: [BouncesController] })
export class ReplyByMailWebModule {}
