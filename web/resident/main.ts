import { createApp } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import '@shared/styles/tokens.css'
import '@shared/styles/base.css'
import { focus_heading_after } from '@shared/ui/page'
import App from './App.vue'
import { ask_for_front } from './front'
import HomePage from './pages/HomePage.vue'

// The first page comes with the entry; the others follow while it is being read, so that they are there without a network.
const later = {
  find: () => import('./find/FindPage.vue'),
  matter: () => import('./pages/MatterPage.vue'),
  precheck: () => import('./find/PrecheckPage.vue'),
  check: () => import('./pages/CheckPage.vue'),
  ticket: () => import('./pages/TicketPage.vue'),
  case: () => import('./case/CasePage.vue'),
  receipt: () => import('./case/ReceiptPage.vue'),
  branch: () => import('./branch/BranchPage.vue'),
  my: () => import('./my/pages'),
  apply: () => import('./apply/pages'),
  missing: () => import('./pages/MissingPage.vue'),
}
const own = (page: keyof typeof import('./my/pages')) => async () => (await later.my())[page]
const asking = (page: 'ApplyPage' | 'OwnCasesPage') => async () => (await later.apply())[page]

const router = createRouter({
  history: createWebHistory('/'),
  routes: [
    { path: '/', component: HomePage },
    { path: '/find', component: later.find },
    { path: '/matters/:matter', component: later.matter, props: true },
    { path: '/matters/:matter/check', component: later.precheck, props: true },
    { path: '/matters/:matter/ticket', component: later.check, props: true },
    { path: '/t/:token', component: later.ticket, props: true },
    { path: '/c/:token', component: later.case, props: true },
    { path: '/c/:token/receipt', component: later.receipt, props: true },
    { path: '/branch', component: later.branch },
    { path: '/apply/:matter', component: asking('ApplyPage'), props: true },
    { path: '/cases', component: asking('OwnCasesPage') },
    { path: '/my/erased', component: own('ErasedPage') },
    { path: '/my/city', component: own('CityReturn') },
    {
      path: '/my', component: own('MyDoor'), children: [
        { path: '', component: own('PeoplePage') },
        { path: 'add', component: own('AddPage') },
        { path: 'people/:person', component: own('PersonPage'), props: true },
        { path: 'people/:person/mandates', component: own('MandatesPage'), props: true },
        { path: 'people/:person/mandates/new', component: own('OfferPage'), props: true },
        { path: 'people/:person/take', component: own('TakePage'), props: true },
        { path: 'people/:person/erase', component: own('ErasePage'), props: true },
      ],
    },
    { path: '/:rest(.*)*', component: later.missing },
  ],
})
focus_heading_after(router)
// What the first page shows was asked for with the page itself, so it is here in a moment and is drawn at once. A slow
// network does not hold the page up.
await Promise.race([ask_for_front(), new Promise((go_on) => setTimeout(go_on, 250))])
createApp(App).use(router).mount('#app')
setTimeout(() => {
  for (const load of Object.values(later)) void load().catch(() => undefined)
}, 5_000)
