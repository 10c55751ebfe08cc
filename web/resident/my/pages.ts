// All pages of one's own come together, and only to those who want them.
export { default as AddPage } from './AddPage.vue'
export { default as CityReturn } from './CityReturn.vue'
export { default as ErasedPage } from './ErasedPage.vue'
export { default as ErasePage } from './ErasePage.vue'
export { default as MyDoor } from './MyDoor.vue'
export { default as PeoplePage } from './PeoplePage.vue'
export { default as PersonPage } from './PersonPage.vue'
export { default as TakePage } from './TakePage.vue'
