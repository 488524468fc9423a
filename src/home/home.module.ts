import { Module } from '@nestjs/common';
import { CommunitiesModule } from '../communities/communities.module.js';
import { PostsModule } from '../posts/posts.module.js';
import { ThreadsModule } from '../threads/threads.module.js';
import { HomeController } from './home.controller.js';
import { Home } from './home.service.js';

@Module({
  imports: [CommunitiesModule, PostsModule, ThreadsModule],
  providers: [Home],
  controllers: [HomeController],
})
export class HomeWebModule {}
