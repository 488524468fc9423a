import { Module } from '@nestjs/common';
import { LibraryController } from './library.controller.js';

@Module({})
export class CopingStrategiesModule {}

@Module({ imports: [CopingStrategiesModule], controllers: [LibraryController] })
export class CopingStrategiesWebModule {}
