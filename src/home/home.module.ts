import { Module } from '@nestjs/common';
import { PostsModule } from '../posts/posts.module.js';
import { HomeController } from './home.controller.js';

@Module({ imports: [PostsModule], controllers: [HomeController] })
export class HomeWebModule {}
