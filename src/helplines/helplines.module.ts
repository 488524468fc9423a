import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { HelplineStore } from './helpline-store.js';
import { HelplineEntry } from './helpline.entity.js';

@Module({
  imports: [TypeOrmModule.forFeature([HelplineEntry])],
  providers: [HelplineStore],
  exports: [HelplineStore],
})
export class HelplinesModule {}
