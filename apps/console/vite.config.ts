import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react(), tailwindcss()],
  server: { proxy: { '/api': 'http://localhost:8003' } },
  build: {
    // Browsers that know light-dark(): the theme stays one list of variables.
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    // The content security policy takes fonts from this origin only, so none may become a data: address.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // What only the pages of publishing need is no part of the start. A group takes along what it imports: React is
            // in the first one.
            { name: 'vendor', test: /node_modules\/(?!luxon|@dnd-kit)/, priority: 1 },
            { name: 'dates', test: /node_modules\/luxon/ },
            { name: 'drag', test: /node_modules\/@dnd-kit/ },
          ],
        },
      },
    },
  },
})
