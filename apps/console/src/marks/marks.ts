/** The one place in the console that knows a provider's id: its mark, drawn on a 24 grid in one colour. */
export const MARKS: Readonly<Record<string, string>> = {
  linkedin:
    'M5.1 2.6a2.35 2.35 0 1 1 0 4.7 2.35 2.35 0 0 1 0-4.7ZM3.1 9h4v12h-4ZM9.6 9h3.8v1.7c.6-1.1 1.9-2 3.8-2 3.7 0 4.6 2.3 4.6 5.5V21h-4v-6c0-1.5-.1-3-1.9-3-1.9 0-2.3 1.4-2.3 2.9V21h-4Z',
  x: 'M3.4 3h5.2l4 5.4L17.5 3h2.7l-6.3 7.2L21 21h-5.2l-4.4-6L6.2 21H3.5l6.7-7.7Z',
}
