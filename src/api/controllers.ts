import type { Type } from '@nestjs/common';
import { ApiCommunitiesController } from './communities.controller.js';
import { ApiHelplinesController } from './helplines.controller.js';
import { ApiMeController } from './me.controller.js';
import { ApiNotificationsController } from './notifications.controller.js';
import { ApiPostsController } from './posts.controller.js';
import { ApiSearchController } from './search.controller.js';
import { ApiStrategiesController } from './strategies.controller.js';
import { ApiThreadsController } from './threads.controller.js';
import { ApiToolkitController } from './toolkit.controller.js';

/** The controllers of the API in the order of the documentation, each with its group name. */
export const GROUPS: readonly (readonly [name: string, controller: Type])[] = [
  ['Help', ApiHelplinesController],
  ['Me', ApiMeController],
  ['Communities', ApiCommunitiesController],
  ['Threads', ApiThreadsController],
  ['Posts', ApiPostsController],
  ['Strategies', ApiStrategiesController],
  ['Toolkit', ApiToolkitController],
  ['Notifications', ApiNotificationsController],
  ['Search', ApiSearchController],
];
