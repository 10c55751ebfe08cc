// The pages of imports come together, and only to those who open one.
export { default as ExchangePage } from '../systems/ExchangePage.vue'
export { default as ImportPage } from './ImportPage.vue'
export { default as ImportsDoor } from './ImportsDoor.vue'
export { default as ListPage } from './ListPage.vue'
export { default as NewPage } from './NewPage.vue'
