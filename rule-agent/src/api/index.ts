export { isLoopback } from './access.ts';
export type { ApiContext } from './context.ts';
export { issueToken } from './issue-token.ts';
export { createEventFeed, type EventFeed } from './event-feed.ts';
export { mountApi } from './mount-api.ts';
export { createWebPart } from './web-part.ts';
