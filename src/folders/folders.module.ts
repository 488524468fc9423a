import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CommunitiesModule } from '../communities/communities.module.js';
import { ReviewModule } from '../review/review.module.js';
import { ThreadsModule } from '../threads/threads.module.js';
import { FolderThread } from './folder-thread.entity.js';
import { FoldersController } from './folders.controller.js';
import { Folders } from './folders.service.js';
import { ThreadFolder } from './thread-folder.entity.js';
import { ThreadFoldersController } from './thread-folders.controller.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([ThreadFolder, FolderThread]),
    CommunitiesModule,
    ReviewModule,
    ThreadsModule,
  ],
  providers: [Folders],
  controllers: [FoldersController, ThreadFoldersController],
})
export class FoldersWebModule {}
