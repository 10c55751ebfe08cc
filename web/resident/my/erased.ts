// How many looks are kept of somebody who has just been erased; not known after the page was loaded anew.
import { ref } from 'vue'

export const looks_kept = ref<number | null>(null)
