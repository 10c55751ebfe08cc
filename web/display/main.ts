import { createApp } from 'vue'
import '@shared/styles/tokens.css'
import '@shared/styles/base.css'
import App from './App.vue'

createApp(App).mount('#app')
