// All pages of people come together, and only to those who open one.
export { default as ErasePage } from './ErasePage.vue'
export { default as FindPage } from './FindPage.vue'
export { default as MandatePage } from './MandatePage.vue'
export { default as MergePage } from './MergePage.vue'
export { default as PeopleDoor } from './PeopleDoor.vue'
export { default as PersonPage } from './PersonPage.vue'
export { default as PhonePage } from './PhonePage.vue'
export { default as RecordPage } from './RecordPage.vue'
