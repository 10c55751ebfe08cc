// The pages of posts come together, and only to those who open one.
export { default as HandoversPage } from './HandoversPage.vue'
export { default as LeavePage } from './LeavePage.vue'
export { default as PostsDoor } from './PostsDoor.vue'
export { default as PostsPage } from './PostsPage.vue'
export { default as RosterPage } from './RosterPage.vue'
