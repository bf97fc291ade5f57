/**
 * The reference of the API as a page to read, from its OpenAPI document: no script, nothing from elsewhere. Pure.
 * The readers on npm bring eighty packages, native builds or an analytics script for what is a list of tables.
 */
import { escapeHtml, page } from './page.ts'

interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  items?: Schema
  properties?: Record<string, Schema>
  required?: string[]
  description?: string
  anyOf?: Schema[]
  allOf?: Schema[]
  example?: unknown
}

interface Content {
  content?: Record<string, { schema?: Schema }>
}

interface Operation {
  tags?: string[]
  summary?: string
  description?: string
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema; description?: string }[]
  requestBody?: Content
  responses?: Record<string, Content & { description?: string }>
}

export interface OpenApiDocument {
  info: { title: string; version: string; description?: string }
  paths?: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Schema> }
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']
const anchor = (name: string) => escapeHtml(name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'))

/** Plain text as HTML, with what stands in backticks as code. */
const words = (text: string) => escapeHtml(text).replace(/`([^`]+)`/g, '<code>$1</code>')

export function referencePage(document: OpenApiDocument): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => (item[method] ? [{ path, method, operation: item[method] }] : [])),
  )
  const groups = Map.groupBy(operations, (one) => one.operation.tags?.[0] ?? 'other')
  const schemas = Object.entries(document.components?.schemas ?? {})
  const body = [
    `<h1>${escapeHtml(document.info.title)} API</h1><p>${words(document.info.description ?? '')}</p>`,
    `<p>Version ${escapeHtml(document.info.version)}. Every refusal is a <a href="#schema-problem">Problem</a>. As a document: <a href="/api/v1/openapi.json">openapi.json</a>. In words: <a href="/docs/guides/api">the guide</a>.</p>`,
    `<nav aria-label="Contents"><p>${[...groups.keys(), 'schemas'].map((tag) => `<a href="#${anchor(tag)}">${escapeHtml(tag)}</a>`).join(' · ')}</p></nav>`,
    ...[...groups].map(
      ([tag, list]) =>
        `<h2 id="${anchor(tag)}">${escapeHtml(tag)}</h2>${list.map((one) => operationView(one.method, one.path, one.operation)).join('')}`,
    ),
    `<h2 id="schemas">schemas</h2>${schemas.map(([name, schema]) => `<h3 id="schema-${anchor(name)}">${escapeHtml(name)}</h3>${paragraph(schema.description)}${fields(schema)}`).join('')}`,
  ]
  return page('API', body.join('\n'), 'wide')
}

function operationView(method: string, path: string, operation: Operation): string {
  const parameters = (operation.parameters ?? []).map((one) =>
    row(one.name, `${one.in}, ${typeOf(one.schema)}`, one.required, one.description ?? one.schema?.description),
  )
  const sent = schemaOf(operation.requestBody)
  const answers = Object.entries(operation.responses ?? {})
    .filter(([status]) => status !== 'default')
    .map(([status, answer]) => {
      const schema = schemaOf(answer)
      return `<li><code>${escapeHtml(status)}</code> ${words(answer.description ?? '')}${schema ? ` ${typeOf(schema)}` : ''}</li>`
    })
  return [
    `<h3><code>${method.toUpperCase()} ${escapeHtml(path)}</code></h3><p>${words(operation.summary ?? '')}</p>${paragraph(operation.description)}`,
    parameters.length > 0 ? tableOf(parameters) : '',
    sent ? `<p>Send ${typeOf(sent)}</p>` : '',
    `<ul>${answers.join('')}</ul>`,
  ].join('')
}

const schemaOf = (content: Content | undefined): Schema | undefined => Object.values(content?.content ?? {})[0]?.schema

const paragraph = (text: string | undefined) => (text ? `<p>${words(text)}</p>` : '')

const tableOf = (rows: string[]) =>
  `<table><thead><tr><th>Name</th><th>Kind</th><th>Meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table>`

const row = (name: string, kind: string, required: boolean | undefined, meaning: string | undefined) =>
  `<tr><td><code>${escapeHtml(name)}</code></td><td>${kind}${required ? '' : ', optional'}</td><td>${words(meaning ?? '')}</td></tr>`

/** The members of an object, its parts taken together. */
function fields(schema: Schema): string {
  const parts = [schema, ...(schema.allOf ?? [])]
  const rows = parts.flatMap((part) =>
    Object.entries(part.properties ?? {}).map(([name, member]) =>
      row(name, typeOf(member), part.required?.includes(name), member.description),
    ),
  )
  const based = (schema.allOf ?? []).filter((part) => part.$ref).map((part) => typeOf(part))
  return `${based.length > 0 ? `<p>As ${based.join(', ')}, and:</p>` : ''}${rows.length > 0 ? tableOf(rows) : ''}`
}

/** A schema's kind in words, as HTML. */
function typeOf(schema: Schema | undefined): string {
  if (!schema) return 'anything'
  if (schema.$ref) {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
    return `<a href="#schema-${anchor(name)}">${escapeHtml(name)}</a>`
  }
  if (schema.const !== undefined) return `<code>${escapeHtml(JSON.stringify(schema.const))}</code>`
  if (schema.enum) return schema.enum.map((one) => `<code>${escapeHtml(String(one))}</code>`).join(' · ')
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ')
  if (schema.allOf) return schema.allOf.map(typeOf).join(' and ')
  const types = [schema.type ?? 'object'].flat()
  return types
    .map((type) =>
      type === 'array'
        ? `list of ${typeOf(schema.items)}`
        : escapeHtml(schema.format && type === 'string' ? schema.format : type),
    )
    .join(' or ')
}
