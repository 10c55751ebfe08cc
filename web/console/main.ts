import { createApp, watch } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import '@shared/styles/tokens.css'
import '@shared/styles/base.css'
import './console.css'
import { focus_heading_after } from '@shared/ui/page'
import App from './App.vue'
import { first_page } from './frame/menu'
import { session, who_is_here } from './session'

/** The pages of people come together. */
const people = (page: keyof typeof import('./people/pages')) => async () => (await import('./people/pages'))[page]
/** So do those of posts. */
const posts = (page: keyof typeof import('./posts/pages')) => async () => (await import('./posts/pages'))[page]
/** And those of imports. */
const imports = (page: keyof typeof import('./imports/pages')) => async () => (await import('./imports/pages'))[page]

const router = createRouter({
  history: createWebHistory('/console/'),
  routes: [
    { path: '/sign-in', component: () => import('./door/SignInPage.vue'), meta: { open: true } },
    { path: '/', component: () => import('./desk/DeskPage.vue') },
    { path: '/cases', component: () => import('./cases/CasesPage.vue') },
    { path: '/cases/:id', component: () => import('./cases/CasePage.vue'), props: true },
    { path: '/cases/:id/receipt', component: () => import('./cases/ReceiptPage.vue'), props: true },
    { path: '/deadlines', component: () => import('./deadlines/DeadlinesPage.vue') },
    { path: '/inquiries', component: () => import('./inquiries/InquiriesPage.vue') },
    { path: '/units', component: () => import('./units/UnitCasesPage.vue') },
    { path: '/ratings', component: () => import('./ratings/RatingsPage.vue') },
    {
      path: '/people', component: people('PeopleDoor'), children: [
        { path: '', component: people('FindPage') },
        { path: 'new', component: people('RecordPage') },
        { path: ':person', component: people('PersonPage'), props: true },
        { path: ':person/phone', component: people('PhonePage'), props: true },
        { path: ':person/mandates/new', component: people('MandatePage'), props: true },
        { path: ':person/merge', component: people('MergePage'), props: true },
        { path: ':person/erase', component: people('ErasePage'), props: true },
      ],
    },
    { path: '/volunteers', component: () => import('./volunteers/VolunteersPage.vue') },
    { path: '/organisations', component: () => import('./organisations/OrganisationsPage.vue') },
    { path: '/venues', component: () => import('./venues/VenuesPage.vue') },
    { path: '/venues/new', component: () => import('./venues/RecordPage.vue') },
    { path: '/venues/:venue', component: () => import('./venues/VenuePage.vue'), props: true },
    {
      path: '/posts', component: posts('PostsDoor'), children: [
        { path: '', component: posts('PostsPage') },
        { path: 'roster', component: posts('RosterPage') },
        { path: 'leave', component: posts('LeavePage') },
        { path: 'handovers', component: posts('HandoversPage') },
      ],
    },
    { path: '/activities', component: () => import('./activities/ActivitiesPage.vue') },
    { path: '/communities', component: () => import('./communities/CommunitiesPage.vue') },
    { path: '/communities/:community', component: () => import('./communities/CommunityPage.vue'), props: true },
    { path: '/grids', component: () => import('./grids/GridsPage.vue') },
    { path: '/grids/new', component: () => import('./grids/RecordPage.vue') },
    { path: '/grids/:grid', component: () => import('./grids/GridPage.vue'), props: true },
    { path: '/calendar', component: () => import('./calendar/CalendarPage.vue') },
    { path: '/devices', component: () => import('./devices/DevicesPage.vue') },
    { path: '/staff', component: () => import('./staff/StaffPage.vue') },
    {
      path: '/imports', component: imports('ImportsDoor'), children: [
        { path: '', component: imports('ListPage') },
        { path: 'systems', component: imports('ExchangePage') },
        { path: 'new', component: imports('NewPage') },
        { path: ':id', component: imports('ImportPage'), props: true },
      ],
    },
    { path: '/audit', component: () => import('./audit/AuditPage.vue') },
    { path: '/account', component: () => import('./staff/AccountPage.vue') },
    { path: '/:rest(.*)*', component: () => import('./door/MissingPage.vue') },
  ],
})

router.beforeEach(async (to) => {
  if (to.meta.open) return true
  let here
  try {
    here = await who_is_here()
  } catch {
    return true // the page itself says what is wrong, and offers to try again
  }
  if (!here) return { path: '/sign-in', query: to.path === '/' ? {} : { next: to.fullPath } }
  return to.path === '/' && first_page() !== '/' ? first_page() : true
})
// Signed out elsewhere, or the session ended: to the door, and back to the same page afterwards.
watch(session, (now, before) => {
  if (before && !now) void router.push({ path: '/sign-in', query: { next: router.currentRoute.value.fullPath } })
})
focus_heading_after(router)
createApp(App).use(router).mount('#app')
