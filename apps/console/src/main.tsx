import { createClient, MooringProvider } from '@mooring/react'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { chosenWorkspace } from './app/chosen-workspace.ts'
import { router } from './app/router.tsx'
import { Toasts } from './ui/toasts.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no #root.')

const client = createClient({ workspace: chosenWorkspace })

createRoot(root).render(
  <StrictMode>
    <MooringProvider client={client}>
      <RouterProvider router={router} />
      <Toasts />
    </MooringProvider>
  </StrictMode>,
)
