import { createHash } from 'node:crypto'
import type { Answer } from './ask.ts'
import { STYLE } from './style.ts'

/** HTML that has been escaped, or was written here. Only `html` and `raw` make one. */
export class Html {
  readonly source: string
  constructor(source: string) {
    this.source = source
  }
  toString(): string {
    return this.source
  }
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escapeHtml = (value: string): string => value.replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c)

type Part = Html | string | number | undefined | false | Part[]

const print = (part: Part): string => {
  if (part === undefined || part === false) return ''
  if (part instanceof Html) return part.source
  if (Array.isArray(part)) return part.map(print).join('')
  return escapeHtml(String(part))
}

/** A template whose every value is escaped unless it is itself Html. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(strings.reduce((out, string, i) => out + string + (i < parts.length ? print(parts[i]) : ''), ''))
}

const MARK = 'A simulator on this machine, not the real platform.'
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

export interface Page {
  title: string
  body: Html
  status?: number
  /** What the mark at the top says beside the sandbox's name. */
  mark?: string
  /** Room for tables. */
  wide?: boolean
  /** Where pictures may come from. */
  images?: string
}

/**
 * A whole page. No script at all, one inline style allowed by its hash, never framed.
 * `form-action` is left out on purpose: browsers apply it to the redirect that follows a form, which here leads to the client.
 */
export function page({ title, body, status = 200, images, mark = MARK, wide = false }: Page): Answer {
  const source = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex">
<title>${title}</title><style>${new Html(STYLE)}</style></head>
<body${wide && html` class="wide"`}><header class="mark"><strong>Mooring sandbox</strong> ${mark}</header>
<main>${body}</main></body></html>
`.source
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src ${images ?? "'none'"}; base-uri 'none'; frame-ancestors 'none'`,
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    },
    body: source,
  }
}
