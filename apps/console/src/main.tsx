import { MooringProvider } from '@mooring/react'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { router } from './app/router.tsx'
import { Toasts } from './ui/toasts.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no #root.')

createRoot(root).render(
  <StrictMode>
    <MooringProvider>
      <RouterProvider router={router} />
      <Toasts />
    </MooringProvider>
  </StrictMode>,
)
