'use server'
import { redirect } from 'next/navigation'
import { session } from '../lib/session'
import { signIn } from '../lib/users'

export async function enter(form: FormData): Promise<void> {
  const user = signIn(form.get('name'), form.get('password'))
  if (!user) redirect('/?wrong=1')
  const held = await session()
  held.user = user.id
  await held.save()
  redirect('/settings')
}

export async function leave(): Promise<void> {
  ;(await session()).destroy()
  redirect('/')
}
