/** What a person sees after one step: a page, or the way back to the application. */
export interface Screen {
  status: number
  /** Where a redirect out of the sandbox leads. It is not followed. */
  location: string | undefined
  html: string
}

export interface ConsentOptions {
  /** A member's key: mara, tomas, ines or priya. The page's own member unless told. */
  member?: string
  press?: 'allow' | 'cancel' | 'leave'
  /** Boxes of the page that the person unticks, by name. */
  untick?: readonly string[]
  /** What the person picks in the page's lists, by name. */
  pick?: Readonly<Record<string, string>>
}

export interface Browser {
  /** Opens an authorize URL, of the real origin or of the sandbox's. */
  open(url: string): Promise<Screen>
  /** Sends a form to a page of the sandbox. */
  submit(url: string, fields: Record<string, string>): Promise<Screen>
  /** Opens it, switches member where asked, presses a button. Ends at the redirect to the application. */
  consent(url: string, options?: ConsentOptions): Promise<Screen>
}

const attribute = (tag: string, name: string): string | undefined => new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1]

/** The ticket of the page that is shown, where its form goes, and the boxes that are ticked in it. */
function formOf({ html }: Screen): { action: string; ticket: string; ticked: string[] } | undefined {
  const action = attribute(/<form[^>]*>/.exec(html)?.[0] ?? '', 'action')
  const ticket = attribute(/<input[^>]*name="ticket"[^>]*>/.exec(html)?.[0] ?? '', 'value')
  if (action === undefined || ticket === undefined) return undefined
  const first = html.slice(0, html.indexOf('</form>'))
  const ticked = [...first.matchAll(/<input type="checkbox"[^>]* checked>/g)].map(
    ([tag]) => attribute(tag, 'name') ?? '',
  )
  return { action, ticket, ticked }
}

/** For tests and command lines: cookies and forms by `fetch`, no rendering. */
export function createBrowser(origins: Record<string, string>): Browser {
  const jar = new Map<string, string>()
  const here = (address: string): URL => {
    const url = new URL(address)
    return new URL(`${url.pathname}${url.search}`, origins[url.origin] ?? url.origin)
  }
  const isInside = (url: URL): boolean => Object.values(origins).includes(url.origin)

  async function go(url: URL, form?: Record<string, string>): Promise<Screen> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {
      redirect: 'manual',
      headers: cookie ? { cookie } : {},
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', ...value] = (line.split(';')[0] ?? '').split('=')
      jar.set(name, value.join('='))
    }
    const location = response.headers.get('location')
    const next = location === null ? undefined : new URL(location, url)
    if (next && isInside(next)) return go(next)
    return {
      status: response.status,
      location: next && location !== null ? location : undefined,
      html: await response.text(),
    }
  }

  async function press(
    url: URL,
    screen: Screen,
    fields: Record<string, string>,
    untick: readonly string[] = [],
  ): Promise<Screen> {
    const form = formOf(screen)
    if (!form) return screen
    const ticked = form.ticked.filter((name) => !untick.includes(name)).map((name) => [name, 'on'])
    return go(new URL(form.action, url.origin), { ...Object.fromEntries(ticked), ticket: form.ticket, ...fields })
  }

  return {
    open: (url) => go(here(url)),
    submit: (url, fields) => go(here(url), fields),
    async consent(address, { member, press: button = 'allow', untick, pick } = {}) {
      const url = here(address)
      const first = await go(url)
      const screen =
        member === undefined || !first.html.includes(`value="${member}"`)
          ? first
          : await press(url, first, { press: 'switch', member })
      return press(url, screen, { ...pick, press: button }, untick)
    },
  }
}
