import { Module } from '@nestjs/common';
import { PostsModule } from '../posts/posts.module.js';
import { HomeController } from './home.controller.js';
import { Home } from './home.service.js';

@Module({ imports: [PostsModule], providers: [Home], controllers: [HomeController] })
export class HomeWebModule {}
