// Asking for something, and what was asked for: together, and only for those who want it. Coming, they clear up.
import { forget_old_drafts } from './draft'

export { default as ApplyPage } from './ApplyPage.vue'
export { default as OwnCasesPage } from './OwnCasesPage.vue'

forget_old_drafts()
